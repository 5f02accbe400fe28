"""What a record of a page must look like before anything of it is believed."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from home.models import ChangeNote
from portal.transfer import identities
from portal.transfer.archive import Record, Refused
from portal.transfer.references import Unknown
from procedures.models import ImportedRecord, Phrasing, ProcedurePage

PAGE: Final = frozenset(
    {"type", "key", "parent", "live", "draft", "state", "restriction", "notes", "phrasings"}
)
MAY_HAVE: Final = frozenset({"imported", "owner"})
TIMES: Final = ("first_published_at", "last_published_at")
FLAGS: Final = ("expired", "scheduled")
IMPORTED: Final = ("code", "record_hash", "importer_version", "imported_at", "parts", "current")


def head(where: str, record: Record) -> type[Page]:
    """Return the type of the page of a record. Raises `Refused` where it is no record of a page."""
    if lacking := sorted(PAGE - set(record)):
        raise Refused(f"{where}: the field {lacking[0]!r} is missing.")
    if unknown := sorted(set(record) - PAGE - MAY_HAVE):
        raise Refused(f"{where}: there is no field {unknown[0][:80]!r}.")
    types = identities.page_types()
    if not isinstance(record["type"], str) or record["type"] not in types:
        raise Refused(f"{where}: there is no type {str(record['type'])[:80]!r} of pages.")
    for name in ("key", "parent"):
        if not is_key(record[name]) and not (name == "parent" and record[name] == identities.HOME):
            raise Refused(f"{where}: {name} is no key of a page.")
    content = record["live"] or record["draft"]
    if not isinstance(content, dict) or not isinstance(record["draft"] or {}, dict):
        raise Refused(f"{where}: it has neither public content nor a draft.")
    if not isinstance(content.get("slug"), str) or not isinstance(content.get("title"), str):
        raise Refused(f"{where}: it has no title and slug.")
    return types[record["type"]]


def is_key(value: Any) -> bool:
    """Tell whether a value is the key of a page: a UUID as Python writes it."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def beside(model: type[Page], record: Record) -> Record:
    """Return what a record says beside the content, as it can be here: of groups, those that are.

    Raises `Unknown`.
    """
    found: Record = {
        "state": _state(record["state"]),
        "restriction": _restriction(record["restriction"]),
        "notes": [_note(note) for note in _items(record["notes"])],
        "phrasings": [_phrasing(line) for line in _items(record["phrasings"])],
    }
    if "imported" in record:
        if model is not ProcedurePage:
            raise Unknown("only a procedure has a record of the catalogue")
        found["imported"] = _imported(record["imported"])
    return found


def _state(state: Any) -> Record:
    _named(state, {*TIMES, *FLAGS}, "state")
    for name in TIMES:
        _time(state[name], f"state.{name}", empty=True)
    if not all(isinstance(state[name], bool) for name in FLAGS):
        raise Unknown("state is not yes or no")
    return dict(state)


def _restriction(restriction: Any) -> Record | None:
    if restriction is None or restriction == {"type": "login"}:
        return restriction
    _named(restriction, {"type", "groups"}, "restriction")
    names = restriction["groups"]
    if restriction["type"] != "groups" or not all(isinstance(name, str) for name in _items(names)):
        raise Unknown("restriction is of no kind that there is")
    here = Group.objects.filter(name__in=names).order_by("name").values_list("name", flat=True)
    return {"type": "groups", "groups": list(here)}


def _note(note: Any) -> Record:
    _named(note, {"at", "text", "is_major"}, "notes")
    _time(note["at"], "notes.at")
    _fits(ChangeNote, {"text": note["text"], "is_major": note["is_major"]}, "notes")
    return dict(note)


def _phrasing(line: Any) -> Record:
    _named(line, {"text", "enabled", "seeded"}, "phrasings")
    _fits(Phrasing, line, "phrasings")
    return dict(line)


def _imported(known: Any) -> Record:
    _named(known, set(IMPORTED), "imported")
    _time(known["imported_at"], "imported.imported_at")
    if not isinstance(known["parts"], dict) or not isinstance(known["current"], bool):
        raise Unknown("imported is not whole")
    texts = {name: known[name] for name in ("code", "record_hash", "importer_version")}
    _fits(ImportedRecord, texts, "imported")
    return dict(known)


def _fits(model: Any, values: Record, place: str) -> None:
    """Check values by the fields of a model."""
    for name, value in values.items():
        try:
            if not isinstance(value, str | bool):
                raise Unknown(f"{place}.{name} is no text")
            model._meta.get_field(name).clean(value, None)
        except ValidationError as error:
            raise Unknown(f"{place}.{name}: {' '.join(error.messages)}") from error


def _time(value: Any, place: str, *, empty: bool = False) -> None:
    if empty and value is None:
        return
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Unknown(f"{place} is no time")


def _named(value: Any, names: set[str], place: str) -> None:
    if not isinstance(value, dict) or set(value) != names:
        raise Unknown(f"{place} has other fields than {', '.join(sorted(names))}")


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unknown("what should be a list is none")
    return value
