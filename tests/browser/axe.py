"""Asks axe-core about a page: what breaks WCAG, what it could not decide, and how many rules hold."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from portal.env import BASE_DIR

SOURCE = BASE_DIR / "site/frontend/node_modules/axe-core/axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
# The debugger runs this, which a policy does not hinder. What is folded is looked at as well, and what a bar
# at the edge of the window covers until one scrolls.
BEGIN = """tags => {
    document.querySelectorAll("details").forEach(details => { details.open = true; });
    document.querySelectorAll("main *").forEach(element => {
        if (getComputedStyle(element).position === "sticky") element.style.position = "static";
    });
    window.verdict = axe.run(document, {
        runOnly: {type: "tag", values: tags},
        resultTypes: ["violations", "incomplete"],
    });
}"""


@dataclass(frozen=True)
class Finding:
    """A rule that is broken, or undecided, and where."""

    rule: str
    places: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        more = f" and {len(self.places) - 2} more" if len(self.places) > 2 else ""
        return f"{self.rule}: {', '.join(self.places[:2])}{more}"


@dataclass(frozen=True)
class Verdict:
    """What axe says about a page."""

    broken: tuple[Finding, ...]
    undecided: tuple[Finding, ...]
    passed: int


def ask(*pages: Page) -> list[Verdict]:
    """Return the verdicts on pages as they stand; they are worked out at the same time."""
    for page in pages:
        if not page.evaluate("'axe' in window"):
            page.evaluate(SOURCE.read_text())
        page.evaluate(BEGIN, TAGS)
    return [_verdict(page.evaluate("window.verdict")) for page in pages]


def _verdict(said: dict[str, Any]) -> Verdict:
    return Verdict(_findings(said["violations"]), _findings(said["incomplete"]), len(said["passes"]))


def _findings(rules: list[dict[str, Any]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            rule["id"],
            tuple(" ".join(str(part) for part in node["target"]) for node in rule["nodes"]),
            " ".join(rule["nodes"][0].get("failureSummary", "").split()),
        )
        for rule in rules
    )
