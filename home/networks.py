"""Where a request comes from, as far as that can be known: an address, or the network of one."""

import ipaddress
from typing import Final

from django.conf import settings
from django.http import HttpRequest

IPV6_NETWORK: Final = 64
"""Bits of an IPv6 address that name a network: the rest a household chooses itself, anew at any time."""


def network(request: HttpRequest) -> str:
    """Return the address that a request comes from, as far as the proxies that we trust can know it.

    Each of them adds the address that it was asked from at the end of X-Forwarded-For. What stands before
    these was written by the reader.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.TRUSTED_PROXIES
    named = request.headers.get("X-Forwarded-For", "").split(",")
    if not 1 <= proxies <= len(named):
        return _network(peer)
    return _network(named[-proxies].strip()) or _network(peer)


def _network(address: str) -> str:
    """Return an IPv4 address, or the network of an IPv6 address; "" for what is no address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), IPV6_NETWORK), strict=False))
