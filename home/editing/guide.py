"""The editors' handbook, `site/docs/editors.md`, in the admin: there in place of Wagtail's own."""

from __future__ import annotations

from typing import Any, Final

import markdown
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.static import serve
from wagtail import hooks
from wagtail.admin.menu import MenuItem

TITLE: Final = _("Editors' handbook")


def guide(request: HttpRequest) -> HttpResponse:
    """Show the handbook. Its headings can be linked to, and come as a list before it."""
    converter = markdown.Markdown(
        extensions=["tables", "toc"],
        extension_configs={"toc": {"toc_depth": 2}},
        tab_length=3,  # a picture below a step stands under its first letter, and the steps count on
    )
    _title, _newline, text = (settings.DOCS_DIR / "editors.md").read_text().partition("\n")
    html = mark_safe(converter.convert(text))  # noqa: S308  our own file
    contents = mark_safe(converter.toc)  # type: ignore[attr-defined]  # noqa: S308
    return render(request, "home/admin/guide.html", {"title": TITLE, "contents": contents, "html": html})


def picture(request: HttpRequest, name: str) -> Any:
    """Give a picture of the handbook."""
    return serve(request, name, document_root=str(settings.DOCS_DIR / "editors"))


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """Put the pictures where the handbook looks for them."""
    return [
        path("so-tay/", guide, name="editors_guide"),
        path("so-tay/editors/<str:name>", picture, name="editors_guide_picture"),
    ]


@hooks.register("construct_help_menu")
def in_the_help_menu(request: HttpRequest, items: list[Any]) -> None:
    """Lead to our handbook where Wagtail leads to its own, and not to the news of its versions."""
    items[:] = [
        item for item in items if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]
    items.append(
        MenuItem(TITLE, reverse("editors_guide"), name="editors-guide", icon_name="doc-full", order=1)
    )
