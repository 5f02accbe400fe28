"""The frame of every page: menu, languages, addresses, and text in its own language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home.models import ChangeNote, CollectionPage, InformationPage
from home.querysets import PortalPageQuerySet

register = template.Library()

LONGEST_QUERY = 2000
"""Characters of a query that a link to the same page in another language repeats."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame; `lang` is set where its text is not in the language of the page."""

    label: str
    url: str
    lang: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """What editors have put in menus: lists in the header, pages of information in the footer."""

    main: tuple[Link, ...]
    more: tuple[Link, ...]


def foreign_chrome() -> bool:
    """Tell whether the frame is in another language than the content, which is Vietnamese."""
    return get_language() != settings.LANGUAGE_CODE


def in_language(path: str, language: str) -> str:
    """Return the same address in a language: Vietnamese has no prefix, every other its code."""
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            path = path.removeprefix(f"/{code}") or "/"
            break
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def own_address(request: HttpRequest, language: str) -> str:
    """Return a request's path in a language, written so that no browser takes it for another host's."""
    return escape_leading_slashes(escape_uri_path(in_language(request.path, language)))


def title_and_language(page: Page) -> tuple[str, str]:
    """Return the title of a page for the frame's language, and the language where it is another."""
    if not foreign_chrome():
        return page.title, ""
    own = str(getattr(page.specific_class, "frame_title", ""))
    return (own, "") if own else (page.title, settings.LANGUAGE_CODE)


@register.simple_tag
def content_lang() -> SafeString:
    """Mark an element as content: ` lang="vi"` where the frame is in another language."""
    return format_html(' lang="{}"', settings.LANGUAGE_CODE) if foreign_chrome() else mark_safe("")


@register.simple_tag
def frame_lang() -> SafeString:
    """Mark words of the frame that stand inside content: ` lang="en"` where the frame is in English."""
    return format_html(' lang="{}"', get_language()) if foreign_chrome() else mark_safe("")


@register.filter
def frame_title(page: Page) -> str:
    """Return the title of a page as plain text: `{{ page|frame_title }}`."""
    return title_and_language(page)[0]


@register.simple_tag
def titled(page: Page) -> SafeString:
    """Return the title of a page, marked where it is in another language than the frame."""
    title, language = title_and_language(page)
    return format_html('<span lang="{}">{}</span>', language, title) if language else format_html("{}", title)


@register.simple_tag
def changes_of(page: Page) -> Iterable[ChangeNote]:
    """Return what the published versions of a page have changed; a page that is only previewed has none."""
    return page.change_notes.all() if page.pk else ()


@register.simple_tag
def home_url() -> str:
    """Return the address of the home page in the language of the page."""
    return in_language("/", get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def release() -> str:
    """Return the name of the running release, "" where none is set."""
    return str(getattr(settings, "RELEASE", ""))


@register.simple_tag(takes_context=True)
def menu(context: Context) -> Menu:
    """Return the menu: one query, whatever is in it."""
    request: HttpRequest = context["request"]
    main: list[Link] = []
    more: list[Link] = []
    for page in _menu_pages(request):
        label, language = title_and_language(page)
        url = page.get_url(request)
        link = Link(label, url, language, current=bool(url) and request.path.startswith(url))
        (more if issubclass(page.specific_class, InformationPage | CollectionPage) else main).append(link)
    address = reverse("search")
    main.append(Link(_("Search"), address, current=request.path.startswith(address)))
    return Menu(tuple(main), tuple(more))


def _menu_pages(request: HttpRequest) -> Iterable[Page]:
    """Return what editors have put in menus, of the pages just below the home page of this site."""
    site = Site.find_for_request(request)
    return (
        PortalPageQuerySet(Page).visible().in_menu().child_of(site.root_page).order_by("path") if site else ()
    )


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[Link]:
    """Return this page's address in each language, with what was asked for."""
    request: HttpRequest = context["request"]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    query = query if len(query) <= LONGEST_QUERY else ""
    names: dict[str, str] = {"vi": "Tiếng Việt", "en": "English"}
    return [
        Link(names[code], own_address(request, code) + query, code, current=code == get_language())
        for code, _name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], language: str = "", path: str = "") -> str:
    """Return an address of ours in full; without a path that of this page, in a language if one is named."""
    request: HttpRequest = context["request"]
    if path:
        return request.build_absolute_uri(path)
    query = context.get("canonical_query", "")
    own = own_address(request, language or get_language() or settings.LANGUAGE_CODE)
    return request.build_absolute_uri(f"{own}?{query}" if query else own)
