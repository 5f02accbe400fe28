"""An editor at the admin, over HTTP: fills in the forms it shows, and sends them as a browser would."""

import json
from collections.abc import Iterator
from typing import Any

import requests
from bs4 import BeautifulSoup, Tag

from portal.demo.logins import LOGINS

PATIENCE = 60
Fields = list[tuple[str, str]]


class Refused(Exception):
    """The admin did not do what it was asked for."""


class Editor:
    """The administrator of the demo, logged in. Each act returns how many seconds the answer took."""

    def __init__(self, url: str) -> None:
        self.admin = f"{url}/admin"
        self.session = requests.Session()
        self.session.trust_env = False
        login = LOGINS[0]
        self._send("login/", {"username": login.username, "password": login.password})

    def save(self, page_id: int, **changes: str) -> float:
        """Change fields of a page in its form and publish it; `name` is the title of a procedure."""
        return self._send(f"pages/{page_id}/edit/", changes | {"action-publish": "action-publish"})

    def create(self, app_model: str, parent_id: int, **values: str) -> float:
        """Make a page and publish it; `app_model` as in "home/informationpage"."""
        address = f"pages/add/{app_model}/{parent_id}/"
        return self._send(address, values | {"action-publish": "action-publish"})

    def unpublish(self, page_id: int) -> float:
        """Take a page down."""
        return self._send(f"pages/{page_id}/unpublish/", {})

    def delete(self, page_id: int) -> float:
        """Delete a page."""
        return self._send(f"pages/{page_id}/delete/", {})

    def _send(self, address: str, changes: dict[str, str]) -> float:
        """Get a form, change it, send it; only the sending is timed."""
        url = f"{self.admin}/{address}"
        shown = self.session.get(url, timeout=PATIENCE)
        if shown.status_code != requests.codes.ok:
            raise Refused(f"{address} answers {shown.status_code}")
        data = [(name, value) for name, value in fields(shown.text) if name not in changes]
        answer = self.session.post(
            url,
            data=[*data, *changes.items()],
            headers={"Referer": url},
            allow_redirects=False,
            timeout=PATIENCE,
        )
        if answer.status_code != requests.codes.found:
            raise Refused(f"{address} answers {answer.status_code}: {'; '.join(_complaints(answer.text))}")
        return answer.elapsed.total_seconds()


def fields(html: str) -> Fields:
    """Return what a browser would send of the form of a page of the admin, without its buttons."""
    document = BeautifulSoup(html, "html.parser")
    form = next(
        form for form in document.find_all("form") if form.find("input", {"name": "csrfmiddlewaretoken"})
    )
    found: Fields = []
    for element in form.find_all(["input", "textarea", "select", "div"]):
        if name := str(element.get("name") or ""):
            found += [(name, value) for value in _values(element)]
        elif element.has_attr("data-w-block-arguments-value"):
            value, _errors = json.loads(str(element["data-w-block-arguments-value"]))
            found += _stream(str(element["id"]), value)
    return found


def _values(element: Tag) -> Iterator[str]:
    """Yield the values that one element sends."""
    kind = element.get("type")
    if element.has_attr("disabled") or kind in {"submit", "button", "file", "image"}:
        return
    if element.name == "textarea":
        yield element.get_text().removeprefix("\n")
    elif element.name == "select":
        chosen = element.find_all("option", selected=True) or (
            [] if element.has_attr("multiple") else element.find_all("option")[:1]
        )
        yield from (str(option.get("value", option.get_text())) for option in chosen)
    elif kind not in {"checkbox", "radio"} or element.has_attr("checked"):
        yield str(element.get("value", "on" if kind == "checkbox" else ""))


def _stream(prefix: str, value: Any) -> Fields:
    """Return the fields that Wagtail's script makes of the value of a block.

    The rows of a list have `value` and `id`, those of a stream a `type` as well; a struct has names.
    """
    if isinstance(value, list) and all(
        isinstance(row, dict) and {"value", "id"} <= row.keys() for row in value
    ):
        found = [(f"{prefix}-count", str(len(value)))]
        for number, row in enumerate(value):
            start = f"{prefix}-{number}"
            found += [(f"{start}-{name}", str(row[name] or "")) for name in ("type", "id") if name in row]
            found += [(f"{start}-order", str(number)), (f"{start}-deleted", "")]
            found += _stream(f"{start}-value", row["value"])
        return found
    if (
        isinstance(value, dict) and "blocks" not in value
    ):  # a rich text has blocks of its own, and is one field
        return [pair for name, part in value.items() for pair in _stream(f"{prefix}-{name}", part)]
    if isinstance(value, list):
        return [(prefix, str(part)) for part in value]
    if value is None or value is False:
        return []
    return [(prefix, json.dumps(value) if isinstance(value, dict) else str(value))]


def _complaints(html: str) -> list[str]:
    found = BeautifulSoup(html, "html.parser").select(".error-message, .w-field__errors, .messages li")
    return [" ".join(element.get_text().split()) for element in found][:5]
