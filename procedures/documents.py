"""What the search knows of procedures and decisions."""

import json
import math
import time
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Case, DateField, F, Model, Q, QuerySet, TextField, When
from django.db.models.enums import ChoicesType
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.documents import SORT_KEY_LENGTH, Addresses, body_text, stored, strings
from home.text import fold, sort_key
from procedures import codes, document_building, listing
from procedures.choices import ChannelKind, Level, OnlineService, Status
from procedures.models import (
    Agency,
    Audience,
    DecisionIndexPage,
    DecisionPage,
    LegalDocument,
    LifeEvent,
    MergedAgency,
    MergedSector,
    Phrasing,
    ProcedureIndexPage,
    ProcedurePage,
    Sector,
    SectorAlias,
)
from procedures.querysets import DecisionPageQuerySet, ProcedurePageQuerySet
from search import documents
from search.documents import NO_LEVEL, DocumentSource, Labels, SearchDocument


class ProcedureSource(DocumentSource):
    """Procedures."""

    type = "procedure"
    label = _("Procedures")
    model = ProcedurePage
    quotes = (Sector, SectorAlias, Agency, LifeEvent, LegalDocument, Phrasing)
    filters = {
        "level": "levels",
        "sector": "sector_links__sector__slug",
        "agency": "agency_links__agency__slug",
        "audience": "audiences",
        "status": "status",
        "online": "online_service",
    }

    def filtered(self, pages: QuerySet[Any], facet: str, values: Collection[str]) -> QuerySet[Any]:
        """Keep the procedures that have one of these values of a filter. Channels are in a stream field."""
        if facet != "channel":
            return super().filtered(pages, facet, values)
        kinds = Q()
        for value in values:
            kinds |= Q(raw_channels__contains=f'"kind": "{value}"')
        return pages.annotate(raw_channels=Cast("channels", TextField())).filter(kinds)

    def day(self) -> Any:
        """Return the day of a procedure's text (`procedures.models.procedure.as_of`)."""
        not_since = When(
            source_retrieved_on__isnull=False,
            first_published_at=F("last_published_at"),
            then=F("source_retrieved_on"),
        )
        return Case(not_since, default=super().day(), output_field=DateField())

    def names(self, pages: QuerySet[Any]) -> Iterable[tuple[int, str]]:
        """Return the keys that are stored."""
        return pages.values_list("pk", "sort_key")

    def behind(self) -> Q:
        """Return which procedures are those of other provinces."""
        return listing.elsewhere()

    def visible(self) -> ProcedurePageQuerySet:
        """Return the procedures that the public may see now."""
        return ProcedurePage.objects.visible()

    def documents(self, ids: Collection[int]) -> Iterator[SearchDocument]:
        """Yield the documents of those of these procedures that are visible: ten queries for all of them."""
        address, related = Addresses(), document_building.Related(ids)
        rows = self.visible().filter(pk__in=ids)
        for row in rows.values(*document_building.COLUMNS, **document_building.STREAMS):
            if (url := address(row["url_path"])) is not None:
                yield document_building.document_of(row, url, related)

    def quoted_by(self, instance: Model) -> Iterable[int]:
        """Return the procedures that quote a row: a sector, an agency, a phrasing ..."""
        match instance:
            case Sector():
                return instance.procedure_links.values_list("procedure_id", flat=True)
            case SectorAlias():
                return self.quoted_by(instance.sector)
            case Agency():
                named = instance.procedure_links.values_list("procedure_id", flat=True)
                return {*named, *instance.issued_procedures.values_list("pk", flat=True)}
            case LifeEvent():
                return instance.procedure_links.values_list("procedure_id", flat=True)
            case Phrasing():
                return [instance.procedure_id]
            case LegalDocument():
                return instance.bases.values_list("procedure_id", flat=True)
        return ()


class DecisionSource(DocumentSource):
    """Decisions."""

    type = "decision"
    label = _("Decisions")
    model = DecisionPage
    quotes = (Agency,)
    filters = {"agency": "issuer__slug"}

    def day(self) -> Any:
        """Return the day on which it was signed."""
        return F("date_signed")

    def visible(self) -> DecisionPageQuerySet:
        """Return the decisions that the public may see now."""
        return DecisionPage.objects.visible()

    def documents(self, ids: Collection[int]) -> Iterator[SearchDocument]:
        """Yield the documents of those of these decisions that are visible."""
        address = Addresses()
        rows = self.visible().filter(pk__in=ids)
        for row in rows.values(
            *("id", "title", "url_path", "expire_at", "number", "date_signed", "signer", "summary"),
            *("issuer__slug", "issuer__name"),
            raw_body=stored("body"),
            raw_files=stored("files"),
        ):
            if (url := address(row["url_path"])) is None:
                continue
            issuer = row["issuer__name"] or ""
            files = strings(json.loads(row["raw_files"] or "[]"), "title")
            yield SearchDocument(
                id=row["id"],
                type=self.type,
                title=row["title"],
                url=url,
                date=row["date_signed"],
                expires=row["expire_at"],
                code=row["number"],
                codes=(row["number"],),
                numbers=(row["number"],),
                agencies=(row["issuer__slug"],) if issuer else (),
                agency_names=(issuer,) if issuer else (),
                summary=row["summary"],
                legal=row["number"],
                body="\n".join([body_text(row["raw_body"]), row["signer"], *files]),
                issuer=issuer,
                sort_key=sort_key(row["title"])[:SORT_KEY_LENGTH],
            )

    def quoted_by(self, instance: Model) -> Iterable[int]:
        """Return the decisions of an agency."""
        return DecisionPage.objects.filter(issuer=instance.pk).values_list("pk", flat=True)


class Names:
    """Names the rows of a catalogue, whose slugs are the values of a filter.

    Each search asks for hundreds, so they are kept for as long as the words of the search are. A row that is
    new since then is looked up.
    """

    def __init__(self, model: type[Sector | Agency | Audience]) -> None:
        self.model = model
        self.kept: dict[str, str] = {}
        self.read_at = -math.inf

    def __call__(self, values: Collection[str]) -> dict[str, str]:
        """Return those of the slugs that there are, each with its name."""
        if time.monotonic() - self.read_at > settings.SEARCH_LEXICON_SECONDS:
            self.kept, self.read_at = self._read(), time.monotonic()
        new = [value for value in values if value not in self.kept]
        names = self.kept | self._read(slug__in=new) if new else self.kept
        return {value: names[value] for value in values if value in names}

    def every(self) -> dict[str, str]:
        """Return all slugs that there are now with their names, from A to Z."""
        return dict(sorted(self._read().items(), key=lambda entry: fold(entry[1])))

    def _read(self, **of_these: Any) -> dict[str, str]:
        return dict(self.model._default_manager.filter(**of_these).values_list("slug", "name"))


def _merged(into: type[MergedSector | MergedAgency]) -> Labels:
    """Tell of slugs which were merged into others; a living row that has one comes first."""

    def renamed(values: Collection[str]) -> dict[str, str]:
        living = into._meta.get_field("into").related_model._default_manager.filter(slug__in=values)
        rows = into._default_manager.filter(slug__in=values).exclude(slug__in=living.values("slug"))
        return dict(rows.values_list("slug", "into__slug"))

    return renamed


def _every(choices: ChoicesType, labels: Labels, *others: str) -> documents.Values:
    """Offer fixed choices."""
    return documents.Values(lambda: labels([*filter(None, map(str, choices.values)), *others]))


def _labels_of(choices: ChoicesType) -> Labels:
    """Name fixed choices, which are the values of a filter."""

    def labels(values: Collection[str]) -> dict[str, str]:
        known = {str(value): str(label) for value, label in choices.choices}
        return {value: label for value, label in known.items() if value in values}

    return labels


def _level_labels(values: Collection[str]) -> dict[str, str]:
    unknown = {NO_LEVEL: gettext("Level not known")} if NO_LEVEL in values else {}
    return _labels_of(Level)(values) | unknown


def register() -> None:
    """Tell the search which of this app's pages it shows, and what the values of its filters are called."""
    documents.register(ProcedureSource())
    documents.register(DecisionSource())
    documents.register_codes(documents.Codes(codes.address, codes.retired))
    documents.not_searched(ProcedureIndexPage, DecisionIndexPage)
    sectors, agencies, audiences = Names(Sector), Names(Agency), Names(Audience)
    documents.register_vocabulary("sector", sectors)
    documents.register_vocabulary("agency", agencies)
    documents.register_vocabulary("audience", audiences)
    documents.register_vocabulary("level", _level_labels, in_order=True)
    documents.register_vocabulary("channel", _labels_of(ChannelKind), in_order=True)
    documents.register_vocabulary("status", _labels_of(Status), in_order=True)
    documents.register_choices("sector", documents.Values(sectors.every, _merged(MergedSector)))
    documents.register_choices("agency", documents.Values(agencies.every, _merged(MergedAgency)))
    documents.register_choices("audience", documents.Values(audiences.every))
    documents.register_choices("level", _every(Level, _level_labels, NO_LEVEL))
    documents.register_choices("status", _every(Status, _labels_of(Status)))
    documents.register_choices("online", _every(OnlineService, _labels_of(OnlineService)))
