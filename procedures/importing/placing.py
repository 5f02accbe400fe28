"""Places in the tree and addresses for pages that are written in bulk."""

from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.models import Page

from procedures.importing.record import Refused
from procedures.models import ProcedureIndexPage, ProcedurePage


def place(pages: list[ProcedurePage]) -> None:
    """Give the pages their places below the list, the last ones, and slugs that are free there.

    The list's row is locked until the end of the transaction: nobody else gets the same places.
    """
    parent = ProcedureIndexPage.objects.select_for_update().order_by("path")[0]
    codes = [page.code for page in pages]
    twins = ProcedurePage.objects.filter(code__in=codes).values_list("code", "code_suffix")
    if not {(page.code, page.code_suffix) for page in pages}.isdisjoint(twins):
        raise Refused(_("a page with this code was made in the meantime"))
    last = parent.get_last_child()
    path = last.path if last else ""
    slugs = [page.automatic_slug() for page in pages]
    taken = set(parent.get_children().filter(slug__in=slugs).values_list("slug", flat=True))
    for page, slug in zip(pages, slugs, strict=True):
        path = _next_path(path, parent)
        page.path, page.depth, page.numchild = path, parent.depth + 1, 0
        page.slug = _free(slug, taken, parent)
        page.locale_id = parent.locale_id
        page.set_url_path(parent)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def _next_path(path: str, parent: Page) -> str:
    if not path:
        return str(Page._get_path(parent.path, parent.depth + 1, 1))
    return str(Page(path=path, depth=parent.depth + 1)._inc_path())


def _free(slug: str, taken: set[str], parent: Page) -> str:
    """Return the slug, with a number behind it if it is taken."""
    candidate, number = slug, 1
    while candidate in taken or (number > 1 and parent.get_children().filter(slug=candidate).exists()):
        number += 1
        candidate = f"{slug}-{number}"
    taken.add(candidate)
    return candidate
