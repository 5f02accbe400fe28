"""Where pages are cited, for those who are about to take them away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

MOST = 20
"""How many citing things are named; of the others the number is said."""


@dataclass(frozen=True, slots=True)
class Citing:
    """What cites some pages: the first of them, each with the address of its editor, and their number."""

    named: list[tuple[str, str]]
    number: int

    @property
    def more(self) -> int:
        """Return how many are not named."""
        return self.number - len(self.named)


def citing(branch: QuerySet[Page]) -> Citing:
    """Return what outside of a branch refers to a page of it: by link, in a list, as related."""
    inside = [str(pk) for pk in branch.values_list("pk", flat=True)]
    page_type = ContentType.objects.get_for_model(Page)
    references = (
        ReferenceIndex.objects.filter(to_content_type=page_type, to_object_id__in=inside)
        .exclude(base_content_type=page_type, object_id__in=inside)
        .order_by("base_content_type", "object_id")
    )
    sources = list(dict.fromkeys(references.values_list("base_content_type", "object_id")))
    return Citing([_named(*source) for source in sources[:MOST]], len(sources))


def _named(content_type_id: int, key: str) -> tuple[str, str]:
    """Return what a citing thing is called, and the address of its editor."""
    model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
    found = model._base_manager.filter(pk=key).first()
    if isinstance(found, Page):
        found = found.specific
        return found.get_admin_display_title(), AdminURLFinder().get_edit_url(found) or ""
    return str(found), AdminURLFinder().get_edit_url(found) or ""
