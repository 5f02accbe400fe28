"""Where pages are cited, said on the pages of the admin that ask whether one is sure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django import template
from django.db.models import Q
from wagtail.models import Page

from home.editing.citing import Citing, citing

register = template.Library()


@register.inclusion_tag("home/admin/citing.html")
def cited(page: Page) -> dict[str, Citing]:
    """Name what cites a page, or one below it."""
    return {"citing": citing(page.get_descendants(inclusive=True))}


@register.inclusion_tag("home/admin/citing.html")
def several_cited(items: Iterable[dict[str, Any]]) -> dict[str, Citing]:
    """Name what cites the pages that are chosen in a list, or one below them."""
    branches = [Q(path__startswith=item["item"].path) for item in items]
    return {"citing": citing(Page.objects.filter(reduce(or_, branches)) if branches else Page.objects.none())}
