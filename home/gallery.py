"""Every component with example data, at `/_components/`: for who builds the portal, never for the public."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from home.gallery_examples import examples
from home.templatetags.home_tags import menu

FOLDER: Final = Path(__file__).parents[1] / "templates/components"
SEEN: Final = re.compile(r"<(?!meta|/)")
"""What a page shows begins with it; the rest is for machines."""
ABOUT: Final = re.compile(r"\{# (.+?) #\}")


@dataclass(frozen=True)
class Component:
    """A template of the folder, what its first line says of it, and how it looks with each example."""

    name: str
    about: str
    shown: tuple[SafeString, ...]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components. There is no such page unless the settings are a developer's."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "home/gallery.html", {"components": list(components(request))})


def components(request: HttpRequest) -> Iterator[Component]:
    """Yield every component by name; one without examples is shown without a look."""
    looks = examples()
    frame = {"menu": menu(Context({"request": request}))}
    for path in sorted(FOLDER.glob("*.html")):
        shown = tuple(
            _look(render_to_string(f"components/{path.name}", {**frame, **example}, request))
            for example in looks.get(path.stem, ())
        )
        yield Component(path.stem, about(path), shown)


def _look(html: SafeString) -> SafeString:
    """Return what a component writes, a row in its list; what no browser shows, as it is written."""
    if html.lstrip().startswith("<li"):
        return format_html('<ul class="mb-rows">{}</ul>', html)
    return html if SEEN.search(html) else format_html("<pre>{}</pre>", html)


def about(path: Path) -> str:
    """Return the comment that a component begins with."""
    found = ABOUT.match(path.read_text())
    return found[1] if found else ""
