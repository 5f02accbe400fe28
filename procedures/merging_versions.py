"""Rewrites stored versions of pages that name a merged row: no version opens that names what is gone."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision

from procedures.models import DecisionPage, ProcedurePage

AT_ONCE = 100
_PLACE = {"pk", "sort_order"}
"""Of two members of a list that differ in nothing else one is enough."""


def rewrite(kept: Model, others: Sequence[Model]) -> None:
    """Let all versions of pages, drafts and old ones, name the row that is kept."""
    for page in (ProcedurePage, DecisionPage):
        own = _fields(page, type(kept))
        lists = {
            relation.get_accessor_name(): fields
            for relation in get_all_child_relations(page)
            if (fields := _fields(relation.related_model, type(kept)))
        }
        names = {*own, *(name for fields in lists.values() for name in fields)}
        new = dict.fromkeys([other.pk for other in others], kept.pk)
        for revision in _naming(page, names, new):
            content = revision.content
            _replace(content, own, new)
            for accessor, fields in lists.items():
                content[accessor] = _joined(content.get(accessor, []), fields, new)
            Revision.objects.filter(pk=revision.pk).update(content=content)


def _fields(model: type[Model], target: type[Model]) -> list[str]:
    """Return the names of the foreign keys of a model that lead to another."""
    return [field.name for field in model._meta.concrete_fields if field.related_model is target]


def _naming(page: type[Page], names: set[str], pks: dict[Any, Any]) -> Iterator[Revision]:
    """Yield the versions whose text has one of the fields with one of the keys, or a key that begins so."""
    wanted = Q()
    for name in names:
        for pk in pks:
            wanted |= Q(text__contains=f'"{name}": {pk}')
    of_page = Revision.objects.filter(content_type=ContentType.objects.get_for_model(page))
    found = of_page.annotate(text=Cast("content", TextField())).filter(wanted) if names else of_page.none()
    keys = list(found.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield from Revision.objects.filter(pk__in=keys[start : start + AT_ONCE])


def _replace(values: dict[str, Any], fields: Sequence[str], new: dict[Any, Any]) -> None:
    for name in fields:
        values[name] = new.get(values.get(name), values.get(name))


def _joined(
    members: list[dict[str, Any]], fields: Sequence[str], new: dict[Any, Any]
) -> list[dict[str, Any]]:
    """Return the members of a list with the keys replaced, those that are alike now once."""
    found = []
    seen = []
    for member in members:
        _replace(member, fields, new)
        said = {name: value for name, value in member.items() if name not in _PLACE}
        if said not in seen:
            seen.append(said)
            found.append(member)
    return found
