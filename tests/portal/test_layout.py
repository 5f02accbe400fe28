"""The layout holds: `site/` stays a source root, and dependencies between the apps point one way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What an app may import of the others, with everything below it. `portal` wires: it may import all.
ALLOWED = {
    "search": [],
    "home": ["search.documents", "search.breaker", "search.broker"],
    "procedures": ["home", "search.documents"],
    "news": ["home", "search.documents", "search.broker"],
}
OURS = {*ALLOWED, "portal"}


def imports(path: Path) -> Iterator[str]:
    """Give the full name of everything that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def foreign_imports(app: str) -> set[str]:
    """Return what an app imports of the other apps without leave, each with the module that does it."""
    found = set()
    for path in (ROOT / app).rglob("*.py"):
        for name in imports(path):
            others = OURS - {app}
            allowed = any(name == leave or name.startswith(f"{leave}.") for leave in ALLOWED[app])
            if name.split(".")[0] in others and not allowed:
                found.add(f"{path.relative_to(ROOT)}: {name}")
    return found


@pytest.mark.parametrize("app", ALLOWED)
def test_dependencies_point_one_way(app: str) -> None:
    assert not foreign_imports(app)


def test_site_is_no_package() -> None:
    # Python imports a module of this name at every start.
    assert not (ROOT / "site/__init__.py").exists()


def test_git_sees_site() -> None:
    ignored = {line.strip().strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    assert "site" not in ignored


def test_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "site/frontend/package-lock.json").read_text()
