"""Every text that a person sees has its Vietnamese, with the same places to fill in."""

import re
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from portal.env import BASE_DIR

LOCALE = BASE_DIR / "site" / "locale"


def _catalogue(folder: str, domain: str = "django") -> Catalog:
    with (LOCALE / folder / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale="vi")


def test_the_catalogue_has_all_texts_of_the_code_in_vietnamese() -> None:
    command = [sys.executable, str(BASE_DIR / "site" / "bin" / "messages"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "catalogue", [_catalogue("vi"), _catalogue("wagtail/vi"), _catalogue("wagtail/vi", "djangojs")]
)
def test_every_text_keeps_its_places_to_fill_in(catalogue: Catalog) -> None:
    wrong = [message.id for message in catalogue if message.id and not _kept(message)]
    assert wrong == []


def _kept(message: Message) -> bool:
    """Vietnamese has one form: it may keep the places of the singular or of the plural."""
    texts = [message.id] if isinstance(message.id, str) else list(message.id)
    said = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return any(_places(text) == _places(said[0]) for text in texts)


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))
