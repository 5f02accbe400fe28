"""A record of the national catalogue, typed: strict about its shape, lenient about dirt in its texts.

Every text is clean from here on (`plain_text`). A record without a code or a name, or with a list where a
text belongs, is refused with the reason; a part that is missing or null is empty.
"""

import math
import re
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, TypeAdapter, ValidationError

from procedures.importing.plain_text import clean, clean_line


class Refused(Exception):
    """A record that cannot become a page; the message is the reason in the report."""


def _no_null(value: Any) -> Any:
    return "" if value is None else value


def _no_null_list(value: Any) -> Any:
    return [] if value is None else value


def _no_null_dict(value: Any) -> Any:
    return {} if value is None else value


Text = Annotated[str, BeforeValidator(_no_null), AfterValidator(clean)]
OneLine = Annotated[str, BeforeValidator(_no_null), AfterValidator(clean_line)]
Raw = Annotated[str, BeforeValidator(_no_null)]
Listed = Annotated[bool, BeforeValidator(lambda value: True if value is None else value)]
Names = Annotated[tuple[OneLine, ...], BeforeValidator(_no_null_list)]


@dataclass(frozen=True)
class Step:
    """A step as the source splits them."""

    label: Text = ""
    text: Text = ""


@dataclass(frozen=True)
class Limit:
    """A time limit: number and unit, or words."""

    value: Decimal | None = None
    unit: OneLine = ""
    text: Text = ""


@dataclass(frozen=True)
class Fee:
    """A line of a tariff."""

    type: OneLine = ""
    amount: Decimal | None = None
    currency: OneLine = ""
    note: Text = ""


@dataclass(frozen=True)
class Way:
    """A way to hand in a dossier."""

    form: OneLine = ""
    form_raw: OneLine = ""
    time: Annotated[Limit, BeforeValidator(_no_null_dict)] = Limit()
    time_raw: Text = ""
    fees: Annotated[tuple[Fee, ...], BeforeValidator(_no_null_list)] = ()
    fee_raw: Text = ""
    note: Text = ""


@dataclass(frozen=True)
class Row:
    """A row of the dossier."""

    case: Text = ""
    name: Text = ""
    marker: OneLine = ""
    originals: int | None = None
    copies: int | None = None
    forms: Names = ()
    role: OneLine = ""


@dataclass(frozen=True)
class Result:
    """What one gets."""

    name: Text = ""
    code: OneLine = ""


@dataclass(frozen=True)
class Citation:
    """A legal document that the procedure rests on."""

    number: OneLine = ""
    title: OneLine = ""
    date: OneLine = ""
    issuer: OneLine = ""
    kind: OneLine = ""
    number_raw: OneLine = ""
    date_source: Raw = ""


@dataclass(frozen=True)
class Record:
    """One procedure, as ../shared/data/SCHEMA.md describes the fields."""

    code: OneLine
    name: OneLine
    levels: Names = ()
    sectors: Names = ()
    kind: OneLine = ""
    issuing_agency: OneLine = ""
    scope: OneLine = ""
    decision_number: OneLine = ""
    steps: Annotated[tuple[Step, ...], BeforeValidator(_no_null_list)] = ()
    steps_text: Text = ""
    ways: Annotated[tuple[Way, ...], BeforeValidator(_no_null_list)] = ()
    dossier: Annotated[tuple[Row, ...], BeforeValidator(_no_null_list)] = ()
    dossier_text: Text = ""
    applicants: Names = ()
    implementing_agency: Names = ()
    competent_authority: Text = ""
    receiving_address: Text = ""
    delegated_agency: Text = ""
    coordinating_agency: Text = ""
    result: Text = ""
    results: Annotated[tuple[Result, ...], BeforeValidator(_no_null_list)] = ()
    legal_basis: Annotated[tuple[Citation, ...], BeforeValidator(_no_null_list)] = ()
    conditions: Text = ""
    keywords: Text = ""
    description: Text = ""
    related: Annotated[tuple[Any, ...], BeforeValidator(_no_null_list)] = ()
    url: OneLine = ""
    in_catalogue_2026_07: Listed = True
    source: Annotated[dict[str, Any], BeforeValidator(_no_null_dict)] = field(default_factory=dict)
    lossy: Names = ()


NOT_OF_THE_PAGE = frozenset(
    {
        "level_raw",
        "sector",
        "kind_raw",
        "steps_named",
        "also_in",
        "filled_from",
        "raw_file",
    }
)
"""Fields about the copies that a record was put together from; what they say is in the others."""

KNOWN = NOT_OF_THE_PAGE | {known.name for known in fields(Record)}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ADAPTER = TypeAdapter(Record)


def parse(data: dict[str, Any]) -> Record:
    """Return the typed record of a JSON object, or refuse it."""
    try:
        record = _ADAPTER.validate_python(data)
    except ValidationError as error:
        raise Refused(_shape(error)) from error
    if not record.code:
        raise Refused(_("it has no code"))
    if not record.name:
        raise Refused(_("it has no name"))
    return record


def code_of(data: dict[str, Any]) -> str:
    """Return the code that an object gives itself, for the report; it may be any dirt."""
    code = data.get("code")
    return clean_line(code)[:50] if isinstance(code, str) else ""


def name_of(data: dict[str, Any]) -> str:
    """Return the name that an object gives itself."""
    name = data.get("name")
    return clean_line(name) if isinstance(name, str) else ""


def storable(value: Any) -> Any:
    """Return a record as every database keeps it in JSON: no NUL, no half character, no infinite number."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {storable(name): storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [storable(inner) for inner in value]
    return value


def _shape(error: ValidationError) -> str:
    """Say in one line what is wrong with the shape, at most three places of it."""
    places = []
    for item in error.errors(include_url=False, include_input=False, include_context=False)[:3]:
        place = ".".join(str(step) for step in item["loc"])
        if item["type"] == "missing":
            places.append(_("it has no %(field)s") % {"field": place})
        else:
            places.append(f"{place}: {item['msg'].replace('tuple', 'list')}")
    return "; ".join(places)
