"""Makes content for tests: each factory takes what a test is about and fills in the rest."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.models import HomePage, InformationPage, User
from news.models import ArticlePage, NewsIndexPage
from procedures.models import (
    Agency,
    DecisionIndexPage,
    DecisionPage,
    LegalBasis,
    LegalDocument,
    ProcedureAgency,
    ProcedureIndexPage,
    ProcedurePage,
    ProcedureSector,
    Sector,
)

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Tree:
    """The pages that the migrations make."""

    home: HomePage
    procedures: ProcedureIndexPage
    decisions: DecisionIndexPage
    news: NewsIndexPage

    @classmethod
    def load(cls) -> Tree:
        """Read them from the database."""
        return cls(
            HomePage.objects.get(),
            ProcedureIndexPage.objects.get(),
            DecisionIndexPage.objects.get(),
            NewsIndexPage.objects.get(),
        )


def sector(name: str = "Hộ tịch") -> Sector:
    """Return the sector of that name, made if need be."""
    return Sector.objects.filter(name=name).first() or Sector.objects.create(name=name)


def agency(name: str = "Ủy ban nhân dân cấp xã", **fields: Any) -> Agency:
    """Return the agency of that name, made if need be."""
    return Agency.objects.filter(name=name).first() or Agency.objects.create(name=name, **fields)


def legal_document(number: str = "60/2014/QH13", **fields: Any) -> LegalDocument:
    """Return the document of that number, made if need be."""
    return LegalDocument.objects.filter(number=number).first() or LegalDocument.objects.create(
        number=number, **{"kind": "Luật", "title": "Luật Hộ tịch"} | fields
    )


def publish(page: Page, parent: Page, **sets: list[str]) -> Any:
    """Add a page below `parent` and publish it as an editor would; `sets` are its many-to-many fields."""
    live = page.live
    parent.refresh_from_db()
    with disable_reference_index_auto_update():  # else after each of a dozen saves
        parent.add_child(instance=page)
        for name, keys in sets.items():
            setattr(page, name, keys)
        revision = page.save_revision()
        if live:
            revision.publish()
            page.refresh_from_db()
    ReferenceIndex.create_or_update_for_object(page)
    return page


def procedure(
    name: str = "Đăng ký khai sinh",
    *,
    levels: tuple[str, ...] = ("xa",),
    sectors: tuple[str, ...] = ("Hộ tịch",),
    agencies: tuple[str, ...] = ("Ủy ban nhân dân cấp xã",),
    audiences: tuple[str, ...] = ("cong-dan-viet-nam",),
    legal: tuple[str, ...] = (),
    **fields: Any,
) -> ProcedurePage:
    """Return a published procedure; `live=False` makes a draft."""
    page = ProcedurePage(name=name, **{"code": f"9.{next(_numbers):06d}"} | fields)
    page.sector_links = [ProcedureSector(sector=sector(item)) for item in sectors]
    page.agency_links = [ProcedureAgency(agency=agency(item)) for item in agencies]
    page.legal_bases = [LegalBasis(document=legal_document(number)) for number in legal]
    return publish(page, ProcedureIndexPage.objects.get(), levels=list(levels), audiences=list(audiences))


def decision(
    number: str = "12/QĐ-UBND", title: str = "Công bố danh mục thủ tục hành chính", **fields: Any
) -> DecisionPage:
    """Return a published decision."""
    return publish(DecisionPage(number=number, title=title, **fields), DecisionIndexPage.objects.get())


def article(title: str = "Một năm cải cách", **fields: Any) -> ArticlePage:
    """Return a published article."""
    return publish(ArticlePage(title=title, **fields), NewsIndexPage.objects.get())


def information(title: str = "Giới thiệu", **fields: Any) -> InformationPage:
    """Return a published page of information."""
    return publish(InformationPage(title=title, **fields), HomePage.objects.get())


def administrator(username: str = "quan-tri") -> User:
    """Return a user who may do everything."""
    return User.objects.create_superuser(username, password="mat-khau-thu")
