"""Says a part of a procedure in lines of text, so that a person can compare two versions of it.

Labels are those of the editor: of the fields of the page and of the blocks of its streams.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from wagtail.blocks import Block, ChoiceBlock, ListBlock, StructBlock

from procedures.choices import AgencyRole
from procedures.choices import Part as AnsweredPart
from procedures.importing.parts import PARTS
from procedures.models import ProcedurePage

INDENT = "    "


def lines(page: ProcedurePage, name: str) -> list[str]:
    """Return what a page says in a part, as it is in memory."""
    part = PARTS[name]
    found: list[str] = []
    for field in part.values:
        found += _field(page, field)
    if part.stream:
        stream = getattr(page, part.stream)
        for item in stream.get_prep_value():
            found += _value(stream.stream_block.child_blocks[item["type"]], item["value"], "")
    if part.relation:
        found += _RELATIONS[part.relation](page)
    return found


def _field(page: ProcedurePage, name: str) -> list[str]:
    value = getattr(page, name)
    if isinstance(value, bool):
        value = gettext("Yes") if value else gettext("No")
    if not value:
        return []
    if name == "answered_none":
        value = ", ".join(str(AnsweredPart(part).label) for part in value if part in AnsweredPart.values)
    return _text(str(page._meta.get_field(name).verbose_name), str(value), "")


def _value(block: Block, value: Any, indent: str) -> Iterator[str]:
    """Say a value of a block, deeper ones further to the right."""
    if isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            inner = value.get(name)
            if inner in (None, "", [], {}):
                continue
            if isinstance(child, StructBlock | ListBlock):
                yield from _text(str(child.label), "", indent)
                yield from _value(child, inner, indent + INDENT)
            else:
                yield from _text(str(child.label), _leaf(child, inner), indent)
    elif isinstance(block, ListBlock):
        for item in value:
            yield from _value(block.child_block, item["value"], indent)
    else:
        yield from _text("", _leaf(block, value), indent)


def _leaf(block: Block, value: Any) -> str:
    if isinstance(block, ChoiceBlock):
        return str(dict(block.field.choices).get(value, value))
    return str(value)


def _text(label: str, text: str, indent: str) -> list[str]:
    """Return a text line by line, its label in front of the first."""
    first, *others = text.split("\n")
    begin = f"{label}: {first}".rstrip() if label else first
    return [indent + begin, *(indent + other for other in others)]


def _sectors(page: ProcedurePage) -> list[str]:
    return [link.sector.name for link in page.sector_links.all()]


def _agencies(page: ProcedurePage) -> list[str]:
    links = sorted(
        page.agency_links.all(), key=lambda link: (AgencyRole.values.index(link.role), link.agency.name)
    )
    return [f"{AgencyRole(link.role).label}: {link.agency.name}" for link in links]


def _issuer(page: ProcedurePage) -> list[str]:
    label = page._meta.get_field("issuer").verbose_name
    return [f"{label}: {page.issuer.name}"] if page.issuer else []


def _bases(page: ProcedurePage) -> list[str]:
    links = page.legal_bases.all()
    return [f"{link.document} {link.cited_as and f'({link.cited_as})'}".strip() for link in links]


_RELATIONS = {
    "levels": lambda page: [str(level) for level in page.levels.all()],
    "audiences": lambda page: [audience.name for audience in page.audiences.all()],
    "sectors": _sectors,
    "agencies": _agencies,
    "issuer": _issuer,
    "legal_bases": _bases,
}
