"""What is moved, and what each thing is known by wherever it is: a page by its translation key, a row by its
slug, a file by its content.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from taggit.models import Tag
from wagtail.models import COMMENTS_RELATION_NAME, Page, Site, get_page_models

from home.models import HomePage, PortalDocument, PortalImage, RecycleBin
from procedures.models import Agency, Audience, AuthorityLevel, LegalDocument, LifeEvent, Sector

Key = str
HOME: Final = "home"
"""The key of the home page: every portal has one, made by itself."""

ROWS: Final[dict[type[Model], str]] = {
    AuthorityLevel: "slug",
    Audience: "slug",
    Tag: "name",
    Sector: "slug",
    Agency: "slug",
    LegalDocument: "key",
    LifeEvent: "slug",
}
"""Rows that pages refer to, and the field that each is known by, in the order in which they are written."""

MEDIA: Final[tuple[type[Any], ...]] = (PortalImage, PortalDocument)

PAGE_FIELDS: Final = frozenset(
    {"title", "slug", "seo_title", "show_in_menus", "search_description", "go_live_at", "expire_at"}
)
"""What is content of Wagtail's own fields of a page; the others belong to its place and its history."""

DERIVED: Final = frozenset({"folded_name", "number_key", "decision_key", "sort_key"})
"""Made of other fields before each save."""

MEDIA_LEFT_OUT: Final = frozenset(
    {
        "id",
        "file",
        "width",
        "height",
        "file_size",
        "file_hash",
        "uploaded_by_user",
        "created_at",
        "collection",
    }
)

CHILDREN_LEFT_OUT: Final = frozenset({COMMENTS_RELATION_NAME, "people"})
"""What editors say to each other, and who works at an agency: personal data."""

LEFT_OUT: Final = (
    "accounts, their passwords and second factors, and which people belong to an agency",
    "passwords of private pages: such a page asks for a login where it arrives",
    "votes of readers, figures of visits and of the search",
    "comments, locks, workflows, earlier versions and logs of pages",
    "aliases of pages, redirects, banners, notices, settings of the site, rules, words of the search",
)
"""What a file does not hold, as its manifest says it."""


def page_types() -> dict[str, type[Page]]:
    """Return the types of pages that are moved, by label."""
    kept = {Page, HomePage, RecycleBin}
    return {model._meta.label_lower: model for model in get_page_models() if model not in kept}


def base(model: type[Model]) -> type[Model]:
    """Return the model that a reference to one is about: of pages, of any type, that is Page."""
    return Page if issubclass(model, Page) else model


def fields(model: type[Model]) -> dict[str, Any]:
    """Return the fields that are moved of a model's own table, by name."""
    if issubclass(model, Page):
        own: list[Any] = [f for f in model._meta.fields if f.name in PAGE_FIELDS or f.model is not Page]
    else:
        own = [f for f in model._meta.fields if not f.primary_key or f.name == ROWS.get(model)]
    return {
        field.name: field
        for field in own
        if (field.serialize or field.name == ROWS.get(model))
        and field.name not in DERIVED
        and not isinstance(field, ParentalKey)
        and not getattr(field.remote_field, "parent_link", False)
    }


def children(model: type[Model]) -> dict[str, type[Model]]:
    """Return the models of the rows that are versioned with those of a model, by relation."""
    return {
        name: relation.related_model
        for relation in get_all_child_relations(model)
        if (name := relation.get_accessor_name()) not in CHILDREN_LEFT_OUT
    }


def choices(model: type[Model]) -> dict[str, ParentalManyToManyField]:
    """Return the sets of rows that are versioned with those of a model, by name."""
    return {field.name: field for field in get_all_child_m2m_relations(model)}


def home_page() -> Page:
    """Return the top of the site."""
    return Site.objects.select_related("root_page").get(is_default_site=True).root_page


def page_keys(pks: Iterable[int]) -> dict[int, Key]:
    """Return what pages are known by."""
    top = home_page().pk
    found = Page.objects.filter(pk__in=list(pks)).values_list("pk", "translation_key")
    return {pk: HOME if pk == top else str(key) for pk, key in found}
