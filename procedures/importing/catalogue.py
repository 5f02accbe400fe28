"""The rows that procedures refer to, by the names that records use: loaded once, completed at the start.

- A name is known by its slug, so spellings that differ in case, marks or punctuation are one row. Another
  spelling of a sector becomes its alias; what an editor renamed or merged is still found by slug and alias.
- What a person may have written is never overwritten: of a legal document that exists only blanks are filled,
  and a title that says nothing.
- In a dry run nothing is written and rows that would be new have no primary key; their slugs are known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from modelsearch.backends import get_search_backends

from home.text import slugify
from procedures.importing.mapping.references import Basis
from procedures.importing.mapping.words import missing
from procedures.importing.survey import Survey, is_informative, most_common
from procedures.models import (
    Agency,
    Audience,
    AuthorityLevel,
    LegalBasis,
    LegalDocument,
    MergedAgency,
    MergedSector,
    ProcedureSector,
    Sector,
    SectorAlias,
)
from search.documents import mark_changed

SLUG_LENGTH = 90
_SECTOR_CODE = re.compile(r"\((?P<code>[A-ZĐ]\d{2}-[A-ZĐ]{1,4}\d{1,3})\)$")
FILLED = ["title", "kind", "issuer", "signed_on"]
"""What a later file may add to a legal document, where it is blank."""
BATCH = 500


@dataclass(frozen=True)
class Entry:
    """A row as a procedure refers to it: its key for the database and its name for a comparison."""

    pk: Any
    slug: str
    number: str = ""
    title: str = ""


class Catalogue:
    """Finds sectors, agencies, audiences and legal documents without asking the database again."""

    def __init__(self) -> None:
        self.levels = {level.pk: level for level in AuthorityLevel.objects.all()}
        self.sectors: dict[str, Entry] = {}
        self.agencies: dict[str, Entry] = {}
        self.audiences: dict[str, Audience] = {}
        self.documents: dict[str, Entry] = {}
        self._spellings: set[str] = set()
        self._load()

    def sector(self, name: str) -> Entry:
        """Return the sector of a name, however spelt."""
        return self.sectors[slugify(name)]

    def agency(self, name: str) -> Entry:
        """Return the agency of a name."""
        return self.agencies[slugify(name)]

    def cited_as(self, basis: Basis) -> str:
        """Return how a record writes the number of a document, where that differs in more than zeros."""
        known = self.documents[basis.key].number
        return basis.cited_as or (basis.number if missing(basis.number, [known]) else "")

    @transaction.atomic
    def complete(self, survey: Survey) -> None:
        """Create the rows that the surveyed records need and that do not exist."""
        created = [
            *self._create_sectors(survey, write=True),
            *self._create_agencies(survey, write=True),
            *self._create_documents(survey, write=True),
        ]
        self._create_audiences(survey, write=True)
        index(created)

    def pretend(self, survey: Survey) -> None:
        """Know the rows that `complete` would create."""
        for create in (
            self._create_sectors,
            self._create_agencies,
            self._create_documents,
            self._create_audiences,
        ):
            create(survey, write=False)

    def _load(self) -> None:
        for sector in Sector.objects.prefetch_related("aliases"):
            entry = Entry(sector.pk, sector.slug)
            aliases = [alias.name for alias in sector.aliases.all()]
            self._spellings.update([sector.name, *aliases])
            self.sectors.setdefault(sector.slug, entry)
            for name in [sector.name, *aliases]:
                self.sectors.setdefault(slugify(name), entry)
        for pk, slug, name in Agency.objects.order_by("pk").values_list("pk", "slug", "name"):
            entry = Entry(pk, slug)
            self.agencies.setdefault(slug, entry)
            self.agencies.setdefault(slugify(name), entry)
        for model, known in ((MergedSector, self.sectors), (MergedAgency, self.agencies)):
            for slug, name, pk, kept in model.objects.values_list("slug", "name", "into_id", "into__slug"):
                known.setdefault(slug, Entry(pk, kept))
                known.setdefault(slugify(name), Entry(pk, kept))
        self.audiences = {audience.name: audience for audience in Audience.objects.all()}
        for pk, key, number, title in LegalDocument.objects.values_list("pk", "key", "number", "title"):
            self.documents[key] = Entry(pk, key, number, title)

    def _create_sectors(self, survey: Survey, *, write: bool) -> list[Model]:
        slugs = Slugs(entry.slug for entry in self.sectors.values())
        new = {
            key: Sector(name=name, slug=slugs.take(name), code=sector_code(name))
            for key, spellings in survey.sectors.items()
            if key not in self.sectors and (name := most_common(spellings))
        }
        if write:
            Sector.objects.bulk_create(new.values(), batch_size=BATCH)
        self.sectors |= {key: Entry(sector.pk, sector.slug) for key, sector in new.items()}
        self._spellings.update(sector.name for sector in new.values())
        aliases = [
            SectorAlias(sector_id=self.sectors[key].pk, name=name, sort_order=order)
            for key, spellings in survey.sectors.items()
            for order, name in enumerate(spellings)
            if name not in self._spellings
        ]
        if write and aliases:
            SectorAlias.objects.bulk_create(aliases, batch_size=BATCH)
            renamed = ProcedureSector.objects.filter(sector__in={alias.sector_id for alias in aliases})
            mark_changed(renamed.values_list("procedure_id", flat=True))
        self._spellings.update(alias.name for alias in aliases)
        return [*new.values()]

    def _create_agencies(self, survey: Survey, *, write: bool) -> list[Model]:
        slugs = Slugs(entry.slug for entry in self.agencies.values())
        new = {
            key: Agency(name=name, slug=slugs.take(name))
            for key, spellings in survey.agencies.items()
            if key not in self.agencies and (name := most_common(spellings))
        }
        if write:
            Agency.objects.bulk_create(new.values(), batch_size=BATCH)
        self.agencies |= {key: Entry(agency.pk, agency.slug) for key, agency in new.items()}
        return [*new.values()]

    def _create_audiences(self, survey: Survey, *, write: bool) -> None:
        slugs = Slugs(audience.slug for audience in self.audiences.values())
        new = [
            Audience(slug=slugs.take(name), name=name)
            for name in survey.audiences
            if name not in self.audiences
        ]
        if write:
            Audience.objects.bulk_create(new, batch_size=BATCH)
        self.audiences |= {audience.name: audience for audience in new}

    def _create_documents(self, survey: Survey, *, write: bool) -> list[Model]:
        new = [
            LegalDocument(**vars(document))
            for key, document in survey.documents.items()
            if key not in self.documents
        ]
        filled = self._fill_blanks(survey) if write and survey.documents else []
        if write:
            LegalDocument.objects.bulk_create(new, batch_size=BATCH)
        if filled:
            LegalDocument.objects.bulk_update(filled, FILLED, batch_size=100)
            mark_changed(
                LegalBasis.objects.filter(document__in=filled).values_list("procedure_id", flat=True)
            )
        self.documents |= {doc.key: Entry(doc.pk, doc.key, doc.number, doc.title) for doc in [*filled, *new]}
        return [*new, *filled]

    def _fill_blanks(self, survey: Survey) -> list[LegalDocument]:
        """Return the documents that exist and of which the file says what was blank."""
        filled = []
        for known in LegalDocument.objects.iterator():
            said = survey.documents.get(known.key)
            if said is None:
                continue
            before = [getattr(known, field) for field in FILLED]
            if is_informative(said.title, said.number) and not is_informative(known.title, known.number):
                known.title = said.title
            known.kind = known.kind or said.kind
            known.issuer = known.issuer or said.issuer
            known.signed_on = known.signed_on or said.signed_on
            if [getattr(known, field) for field in FILLED] != before:
                filled.append(known)
        return filled


def sector_code(name: str) -> str:
    """Return the ministry's code that some names carry: "Việc làm (G07-LĐ11)"."""
    found = _SECTOR_CODE.search(name)
    return found["code"] if found else ""


class Slugs:
    """Hands out slugs that nobody has."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)

    def take(self, name: str) -> str:
        """Return a free slug made of a name, and remember it."""
        base = slugify(name, max_length=SLUG_LENGTH) or "muc"
        slug, number = base, 1
        while slug in self.taken:
            number += 1
            slug = f"{base}-{number}"
        self.taken.add(slug)
        return slug


def index(rows: Iterable[Model]) -> None:
    """Put rows that no signal told of into the admin's search."""
    by_model: dict[type[Model], list[Model]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for backend in get_search_backends(with_auto_update=True):
        for model, members in by_model.items():
            for start in range(0, len(members), BATCH):
                backend.add_bulk(model, members[start : start + BATCH])
