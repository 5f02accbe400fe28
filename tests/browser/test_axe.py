"""No page breaks WCAG 2.2 AA, light or dark, on a phone or a desk: axe says so; its table is var/axe.md."""

from collections.abc import Iterator

import pytest

from portal.env import VAR_DIR
from tests.browser import axe
from tests.browser.kinds import KINDS, Kind, go
from tests.browser.windows import THEMES, Look, Theme

WIDTHS = (320, 1280)
HEAD = "| page | theme | width | violations | rules that hold | undecided |\n|---|---|---|---|---|---|\n"
PLANTED = """() => {
    const add = (html, change) => {
        const box = document.createElement("div");
        box.innerHTML = html;
        change(box.firstChild.style);
        document.querySelector("main").append(box);
    };
    add("<p>pale words</p>", style => { style.color = "#bbb"; style.background = "#fff"; });
    add("<a href='/x'>x</a>", style => { style.display = "inline-block"; style.width = "9px"; });
    add("<h6>too deep</h6>", () => {});
    add("<input>", () => {});
}"""


@pytest.fixture(scope="module")
def table() -> Iterator[list[str]]:
    """Collect the lines of the table, and write it."""
    lines: list[str] = []
    yield lines
    VAR_DIR.mkdir(exist_ok=True)
    (VAR_DIR / "axe.md").write_text(f"{HEAD}{''.join(lines)}")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_breaks_wcag(look: Look, table: list[str], kind: Kind) -> None:
    pages = [look(kind.server, theme) for theme in THEMES]
    for page in pages:
        go(page, kind)
    broken = []
    for width in WIDTHS:
        for page in pages:
            page.set_viewport_size({"width": width, "height": 900})
        for theme, verdict in zip(THEMES, axe.ask(*pages), strict=True):
            table.append(_line(kind, theme, width, verdict))
            broken += [f"{theme} {width}: {finding} ({finding.why})" for finding in verdict.broken]
    assert broken == []


def test_axe_sees_what_is_wrong(look: Look) -> None:
    page = look()
    page.goto("/")
    page.evaluate(PLANTED)
    [verdict] = axe.ask(page)
    assert {finding.rule for finding in verdict.broken} == {"color-contrast", "heading-order", "label"}


def _line(kind: Kind, theme: Theme, width: int, verdict: axe.Verdict) -> str:
    broken = "; ".join(map(str, verdict.broken)) or "0"
    undecided = "; ".join(f"{finding} ({finding.why})" for finding in verdict.undecided) or "0"
    return f"| {kind.name} | {theme} | {width} | {broken} | {verdict.passed} | {undecided} |\n"
