"""The colours of the built style sheet: none but the tokens, and every pair of them can be read."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from portal.env import BASE_DIR

TEXT, CONTROL = 4.5, 3.0
"""Least contrast of text, and of what shows a control or its focus (WCAG 2.2: 1.4.3, 1.4.11)."""

NAMED = (
    "black|white|gr[ae]y|silver|red|maroon|orange|yellow|gold|green|lime|teal|aqua|cyan|blue|navy|purple|pink"
)
LITERAL = re.compile(rf"#[0-9a-f]{{3,8}}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|\b(?:{NAMED})\b")
TOKEN = re.compile(r"var\(--[\w-]+(?:, ?#[0-9a-f]{3,6})?\)")
FALLBACK = re.compile(r"var\((--govuk-[\w-]+), ?(#[0-9a-f]{3,6})\)")
NO_COLOUR = "rgba(0,0,0,0)"
"""How Sass writes `transparent`: outlines and borders that forced colours paint."""

LEAST_LINE = 1.3
WITHOUT_LINES = {
    ".govuk-link-image",  # a picture
    ".mb-search--header .mb-search__button",  # an icon
    ".govuk-button--start",  # is also .govuk-button, which comes later
}

SURFACES = ("template-background", "body-background", "surface-background", "panel", "tag-blue", "secondary")
TEXTS = {
    "text": (*SURFACES, "tag-green", "tag-yellow", "tag-red", "secondary-hover", "mark"),
    "secondary-text": ("body-background", "surface-background", "panel"),
    "link": ("body-background", "surface-background", "panel", "tag-yellow"),
    "link-visited": ("body-background", "surface-background", "panel"),
    "link-hover": ("body-background", "surface-background", "panel", "secondary"),
    "link-active": ("body-background", "surface-background", "panel"),
    "error": ("body-background", "panel"),
    "error-hover": ("body-background",),
    "success": ("body-background",),
    "surface-text": ("surface-background",),
    "focus-text": ("focus",),
    "header-text": ("header-background",),
    "button-text": ("button", "button-hover"),
    "body-background": ("error", "error-hover"),
}
"""Token of text > the tokens that it stands on."""

CONTROLS = {
    "input-border": ("body-background", "panel", "surface-background"),
    "button": ("body-background", "panel", "surface-background"),
    "header-accent": ("header-background",),
    "brand": ("body-background",),
    "error": ("body-background",),
}


DARK = ("@media screen and (prefers-color-scheme: dark)", ":root")


class Declaration(NamedTuple):
    """One declaration, and the rules that it stands in, outermost first."""

    rules: tuple[str, ...]
    name: str
    value: str


def declarations(css: str) -> Iterator[Declaration]:
    """Read a compressed style sheet: no comments, and no braces in strings."""
    rules: list[str] = []
    for text, brace in re.findall(r"([^{}]*)([{}])", css):
        *done, last = text.split(";")
        for declaration in done if brace == "{" else [*done, last]:
            name, colon, value = declaration.partition(":")
            if colon:
                yield Declaration(tuple(rules), name, value.strip())
        if brace == "{":
            rules.append(last)
        else:
            rules.pop()


def shortest(colour: str) -> str:
    """Write `#aabbcc` as `#abc`, as Sass does."""
    return re.sub(r"^#(.)\1(.)\2(.)\3$", r"#\1\2\3", colour)


@pytest.fixture(scope="module")
def sheet() -> list[Declaration]:
    """Return every declaration of the built style sheet."""
    css = (BASE_DIR / "site/static/build/portal.css").read_text(encoding="utf-8-sig")
    return list(declarations(css.lower()))


@pytest.fixture(scope="module", params=["light", "dark"])
def tokens(sheet: list[Declaration], request: pytest.FixtureRequest) -> dict[str, str]:
    """Return the colours of one theme, by the short names of `_tokens.scss`."""
    wanted = (":root",) if request.param == "light" else DARK
    return {
        re.sub(r"^--(?:govuk|mb)-|-colour$", "", token.name): token.value
        for token in sheet
        if token.name.startswith("--") and token.value.startswith("#") and token.rules == wanted
    }


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_only_tokens_and_paper_have_literal_colours(sheet: list[Declaration]) -> None:
    found = [
        rule
        for rule in sheet
        if not rule.name.startswith("--")
        and "print" not in "".join(rule.rules)
        and LITERAL.search(TOKEN.sub("", rule.value.replace(NO_COLOUR, "")))
    ]
    assert found == []


def test_a_fallback_says_what_its_token_says_in_the_light(sheet: list[Declaration]) -> None:
    light = {rule.name: shortest(rule.value) for rule in sheet if rule.rules == (":root",)}
    written = {pair for rule in sheet for pair in FALLBACK.findall(rule.value)}
    assert written
    # The library's own black for paper is no token: it stands in print rules alone.
    wrong = {(name, value) for name, value in written if light.get(name) != shortest(value)}
    assert wrong <= {("--govuk-print-text-colour", "#000000")}


def test_text_can_be_read(tokens: dict[str, str]) -> None:
    too_faint = {
        (text, ground): round(contrast(tokens[text], tokens[ground]), 2)
        for text, grounds in TEXTS.items()
        for ground in grounds
        if contrast(tokens[text], tokens[ground]) < TEXT
    }
    assert too_faint == {}


def test_controls_can_be_seen(tokens: dict[str, str]) -> None:
    too_faint = {
        (control, ground): round(contrast(tokens[control], tokens[ground]), 2)
        for control, grounds in CONTROLS.items()
        for ground in grounds
        if contrast(tokens[control], tokens[ground]) < CONTROL
    }
    assert too_faint == {}


@pytest.mark.parametrize("ground", [*SURFACES, "header-background", "button"])
def test_focus_is_seen_on_every_ground(tokens: dict[str, str], ground: str) -> None:
    """It is a ground of yellow with a bar of black: one of both differs from what is around."""
    assert max(contrast(tokens[part], tokens[ground]) for part in ("focus", "focus-text")) >= CONTROL


def test_light_and_dark_have_the_same_tokens(sheet: list[Declaration]) -> None:
    light = {rule.name for rule in sheet if rule.name.startswith("--mb-") and rule.rules == (":root",)}
    dark = {rule.name for rule in sheet if rule.name.startswith("--mb-") and rule.rules == DARK}
    assert light == dark


def test_every_token_that_is_used_exists(sheet: list[Declaration]) -> None:
    defined = {rule.name for rule in sheet if rule.name.startswith("--")}
    used = {name for rule in sheet for name in re.findall(r"var\((--(?:mb|govuk)-[\w-]+)\)", rule.value)}
    assert used <= defined


def test_text_is_measured_in_what_the_reader_chose(sheet: list[Declaration]) -> None:
    """Sizes in px ignore the font size of the browser."""
    assert [rule for rule in sheet if rule.name == "font-size" and rule.value.endswith("px")] == []


def test_no_line_is_too_tight_for_stacked_diacritics(sheet: list[Declaration]) -> None:
    last = {
        selector: float(rule.value)
        for rule in sheet
        for selector in rule.rules[-1].split(",")
        if rule.name == "line-height" and re.fullmatch(r"[\d.]+", rule.value)
    }
    assert {name for name, height in last.items() if height < LEAST_LINE} == WITHOUT_LINES
