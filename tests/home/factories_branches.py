"""Makes many private branches at once: row by row, as the import does, since one by one takes minutes."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage, InformationPage

PRIVATE = "Riêng quagga"


def private_branches(number: int) -> None:
    """Add so many private pages below the home page, each with a page below it."""
    home, common = HomePage.objects.get(), _common()
    first = home.numchild + 1
    tops = [_page(home, first + place, f"rieng-{place}", common) for place in range(number)]
    inner = [_page(top, 1, "con", common) for top in tops]
    for top in tops:
        top.numchild = 1
    _insert(tops + inner)
    Page.objects.filter(pk=home.pk).update(numchild=F("numchild") + number)
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page_id=top.pk, restriction_type=PageViewRestriction.LOGIN) for top in tops
    )
    with connection.cursor() as cursor:  # what a server does by itself within a minute
        cursor.execute("ANALYZE")


def _common() -> dict[str, Any]:
    """Return what all the pages have."""
    now = timezone.now()
    return {
        "title": PRIVATE,
        "draft_title": PRIVATE,
        "show_in_menus": True,
        "locale": Locale.get_default(),
        "content_type": ContentType.objects.get_for_model(InformationPage),
        "first_published_at": now,
        "last_published_at": now,
    }


def _page(parent: Page, place: int, slug: str, common: dict[str, Any]) -> InformationPage:
    """Return a live page in memory, the how manieth below its parent."""
    return InformationPage(
        path=Page._get_path(parent.path, parent.depth + 1, place),
        depth=parent.depth + 1,
        slug=slug,
        url_path=f"{parent.url_path}{slug}/",
        **common,
    )


def _insert(pages: list[InformationPage]) -> None:
    """Write the rows of both tables: Django does not do that for a model with a parent."""
    names = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in names}) for page in pages)
    for page, row in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = row.pk
    own = InformationPage.objects.all()
    own._for_write = True
    own._batched_insert(pages, fields=InformationPage._meta.local_concrete_fields, batch_size=None)
