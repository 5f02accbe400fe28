"""A second factor for those who publish: a code from a phone, beside the password (allauth's MFA).

Wagtail's own login asks for the password. Until the code is given, too, the session is nobody's on the public
side, and in the admin there is only the page that asks for it; who must have a second factor and has none yet
finds only the page that sets it up. Others may set one up in their account.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.qr import qr_svg

ASK, SET_UP = "mfa_reauthenticate", "mfa_activate_totp"
ALWAYS_OPEN = frozenset(
    {
        *("wagtailadmin_login", "wagtailadmin_logout", "session_state"),
        *("wagtailadmin_sprite", "wagtailadmin_javascript_catalog"),
    }
)
"""Views of the admin that need no second factor: by which one comes and goes, and what all its pages load."""


class SecondFactorMiddleware:
    """Lets a session that has only a password go no further than to its second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        admin = request.path_info.startswith(reverse("wagtailadmin_home"))
        if not (admin or settings.SESSION_COOKIE_NAME in request.COOKIES):
            return self.get_response(request)
        if not admin:  # asked only where a page asks who is there: most do not
            user = request.user
            known: Any = SimpleLazyObject(lambda: AnonymousUser() if missing(request, user) else user)
            request.user = known
            return self.get_response(request)
        wanted = missing(request, request.user)
        if wanted and resolve(request.path_info).url_name not in {*ALWAYS_OPEN, wanted}:
            return _lead(request, wanted)
        return self.get_response(request)


def missing(request: HttpRequest, user: Any) -> str:
    """Return the name of the page that the session of a person has to pass first, "" if none."""
    if not user.is_authenticated:
        return ""
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        return "" if is_given(request, user) else ASK
    return SET_UP if must_have(user) else ""


def is_given(request: HttpRequest, user: Any) -> bool:
    """Tell whether this session has given its second factor."""
    from allauth.account.authentication import get_authentication_records

    records = get_authentication_records(request, user)
    return any(record["method"] == "mfa" for record in records)


def must_have(user: Any) -> bool:
    """Tell whether a person needs a second factor: who may publish a page, or anything at all."""
    if not settings.SECOND_FACTOR:
        return False
    return user.is_superuser or policy_registry.get_by_type(Page).user_has_permission(user, "publish")


def _lead(request: HttpRequest, wanted: str) -> HttpResponse:
    """Lead to the page that is wanted, and from there on to where one wanted to be."""
    address = reverse(wanted)
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"login": address}, status=403)
    on = {"next": request.get_full_path()} if request.method == "GET" else {}
    return redirect(f"{address}?{urlencode(on)}" if on else address)


@receiver(user_logged_in)
def note_password(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Note for allauth that the password has just been given: it asks for it before it sets anything up."""
    if request is not None and hasattr(request, "session"):
        record_authentication(request, user, method="password", reauthenticated=True)


@hooks.register("register_account_menu_item")
def of_the_account(request: HttpRequest) -> dict[str, Any]:
    """Lead to it from the account, for those who need none and want one."""
    label, about = _("Second factor"), _("A code from your phone beside the password, and recovery codes.")
    return {"url": reverse("mfa_index"), "label": label, "help_text": about}


class SetUpView(ActivateTOTPView):
    """allauth's; the code with which it is set up is the one of this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type=Authenticator.Type.TOTP)
        return response


class PortalMFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets encrypted, and names the portal in the phone's list."""

    def get_totp_issuer(self) -> str:
        """Return what a phone calls this portal."""
        return str(settings.WAGTAIL_SITE_NAME)

    def get_totp_label(self, user: Any) -> str:
        """Return what a phone calls this account."""
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that the phone scans, with what draws the portal's other codes."""
        return qr_svg(url)

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with a key made of SECRET_KEY."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret; keys of before stand in SECRET_KEY_FALLBACKS."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str) -> bytes:
    derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"home.login.second_factor")
    return base64.urlsafe_b64encode(derivation.derive(secret.encode()))
