"""The head of every page: title and description said once, and what others show of a shared address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from home import sharing, structured
from home.models import PortalPage
from home.templatetags.home_tags import home_url, title_and_language

register = template.Library()

LONGEST_ALT = 120
"""Characters: longer titles stand in the picture, and beside it."""


@register.simple_block_tag
def page_title(content: str) -> SafeString:
    """Say the title of a page twice: to the browser with the name of the portal, to who shares it without."""
    title = _attribute(content)
    return mark_safe(  # noqa: S308  a template has escaped it
        f'<title>{content.strip()} – Minh Bạch</title>\n<meta property="og:title" content="{title}">'
    )


@register.simple_block_tag
def page_description(content: str) -> SafeString:
    """Say what a page is about to search engines and to who shares it; nothing where it is blank."""
    text = _attribute(content)
    said = f'<meta name="description" property="og:description" content="{text}">\n' if text else ""
    return mark_safe(said)  # noqa: S308  a template has escaped it


@register.inclusion_tag("components/sharing.html", takes_context=True)
def sharing_card(context: Context) -> dict[str, Any]:
    """Show the picture of a page and what kind of thing it is."""
    request: HttpRequest | None = context.get("request")
    page = _page(context)
    found = sharing.picture_of(request, page) if request else None
    return {
        "own": context.get("own", ""),
        "kind": sharing.shared(page).kind if page else sharing.Shared().kind,
        "picture": found,
        "alt": Truncator(found.alt).chars(LONGEST_ALT) if found else "",
    }


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """Say what a page is, in the words of schema.org."""
    page = _page(context)
    request: HttpRequest | None = context.get("request")
    if page is None or request is None:
        return mark_safe("")
    said = cast(dict[str, Any], context.flatten())
    return structured.script(structured.structured_data(page, request, said))


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: Context) -> SafeString:
    """Say the breadcrumbs to machines: the same steps that `components/breadcrumbs.html` shows."""
    request: HttpRequest = context["request"]
    steps = [(name, request.build_absolute_uri(url)) for name, url in _steps(context, request)]
    page = _page(context)
    if page is not None and page != context.get("parent"):
        steps.append((title_and_language(page)[0], ""))
    return structured.script(structured.breadcrumbs(steps))


def _steps(context: Context, request: HttpRequest) -> Iterator[tuple[str, str]]:
    if context.get("home"):
        yield _("Home"), home_url()
    above = [*(context.get("breadcrumbs") or ()), context.get("parent")]
    for place, page in enumerate(() if context.get("home") else filter(None, above)):
        yield title_and_language(page)[0] if place else _("Home"), page.get_url(request) or ""
    if context.get("url") and context.get("label"):
        yield str(context["label"]), str(context["url"])


def _page(context: Context) -> PortalPage | None:
    """Return the page of the tree that a template shows; others use the name for other things."""
    page = context.get("page")
    return page if isinstance(page, PortalPage) else None


def _attribute(content: str) -> str:
    """Return escaped text as the value of an attribute."""
    return " ".join(content.split()).replace('"', "&quot;")
