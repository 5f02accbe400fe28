"""English is complete: whatever of a page below /en/ is Vietnamese says so with `lang`."""

import re
from collections import deque
from collections.abc import Iterator
from io import StringIO
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LETTERS = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
NAMES = re.compile(r"Minh Bạch|Tiếng Việt|Quảng Ngãi|Kon Tum|\d+/[\w/-]+")
"""Proper names and numbers of documents are of no language (WCAG 2.2, 3.1.2)."""
SPOKEN = ("alt", "aria-label", "placeholder", "title")
OF_ONE_KIND = 5
"""Pages of one kind that are read: the others come out of the same templates."""
FIXED = {"linh-vuc", "cap", "co-quan", "su-kien", "a-z", "moi", "chuan-bi"}
"""Parts of addresses that are not the name of one thing."""
TEMPLATES = {
    *("home/home_page.html", "home/information_page.html", "home/accessibility.html", "404.html"),
    "home/collection_page.html",
    *("search/results.html", "search/popular.html", "news/news_index_page.html", "news/article_page.html"),
    *("news/rating.html", "procedures/decision_index_page.html", "procedures/decision_page.html"),
    *("procedures/procedure_index_page.html", "procedures/procedure_page.html", "procedures/checklist.html"),
    *("procedures/sectors.html", "procedures/levels.html", "procedures/agencies.html"),
    *("procedures/agency.html", "procedures/life_events.html", "procedures/life_event.html"),
    *("procedures/a_to_z.html", "procedures/newest.html"),
}


def test_what_is_vietnamese_on_an_english_page_says_so(
    client: Client, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    call_command("load_demo", stdout=StringIO())
    templates: set[str] = set()
    read = dict(_pages(client, templates))
    assert templates >= TEMPLATES
    found = {words: path for path, page in read.items() for words in _unmarked(page)}
    assert "\n".join(f"{words}   at {path}" for words, path in found.items()) == ""


def _pages(client: Client, templates: set[str]) -> Iterator[tuple[str, BeautifulSoup]]:
    """Yield pages below /en/, some of each kind, by their links from the home page; note their templates."""
    wanted, seen = deque(["/en/", "/en/khong-co/"]), {"/en/"}
    counts: dict[str, int] = {}
    while wanted:
        path = wanted.popleft()
        kind = _kind(path)
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] > OF_ONE_KIND:
            continue
        response = client.get(path)
        if not response["Content-Type"].startswith("text/html"):
            continue
        templates.add(response.templates[0].name or "")
        page = BeautifulSoup(response.content, "html.parser")
        assert page.html and page.html["lang"] == "en", path
        yield path, page
        for link in page.find_all("a", href=True):
            address = urljoin(path, str(link["href"]).partition("#")[0])
            if urlsplit(address).path.startswith("/en/") and address not in seen:
                seen.add(address)
                wanted.append(address)


def _kind(address: str) -> str:
    """Return what pages of one template have in common: their list, their depth, what they ask."""
    path, _, query = address.partition("?")
    parts = path.strip("/").split("/")
    fixed = [*parts[:2], *(part if part in FIXED else "*" for part in parts[2:])]
    names = sorted({pair.partition("=")[0] for pair in query.split("&") if pair})
    return f"/{'/'.join(fixed)}/" + (f"?{'&'.join(names)}" if names else "") if len(parts) > 1 else "/en/"


def _unmarked(page: BeautifulSoup) -> Iterator[str]:
    """Yield each Vietnamese text that is in an element of another language."""
    for text in page.find_all(string=True):
        if type(text) is NavigableString and text.parent and text.parent.name not in {"title", "script"}:
            yield from _vietnamese(str(text), text.parent)
    for element in page.find_all(True):
        for name in SPOKEN:
            yield from _vietnamese(str(element.get(name, "")), element)


def _vietnamese(text: str, element: Tag) -> Iterator[str]:
    text = NAMES.sub("", text)
    marked = next((at["lang"] for at in (element, *element.parents) if at.has_attr("lang")), "")
    if marked != "vi" and LETTERS.search(text):
        yield f"<{element.name} class={element.get('class')}> {text.strip()[:80]}"
