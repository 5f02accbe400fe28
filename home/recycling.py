"""Deleting a page moves it, with all below it, into the recycle bin, from where it can be put back.

Its key stays, and with it its history, its versions and what refers to it. It lies outside of every site and
nothing of it is live: no address, no list, no search has it. After `DAYS` it is deleted for good.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, WorkflowState

from home.models import BinnedPage, RecycleBin

DAYS = 30
"""Days for which a deleted page can be put back."""
DELETED, RESTORED = "home.bin", "home.restore"


class CannotRestore(Exception):
    """A page cannot be put back where it was; the words say why, and what to do."""


@transaction.atomic
def put_in(page: Page, user: Any) -> BinnedPage:
    """Move a page with all below it into the bin; what of it was public is so no more."""
    recycle_bin, parent = RecycleBin.load(), page.get_parent()
    branch = page.get_descendants(inclusive=True)
    binned = BinnedPage.objects.create(
        page_id=page.pk,
        parent_id=parent.pk,
        slug=page.slug,
        address=(page.get_url() or page.url_path)[:2000],
        live=[_as_it_is(below) for below in branch.order_by("depth", "pk") if _is_or_will_be_public(below)],
        deleted_at=timezone.now(),
        deleted_by=user,
    )
    for below in branch.order_by("-depth").specific():
        for state in WorkflowState.objects.for_instance(below).active():
            state.cancel(user=user)
        below.revisions.update(approved_go_live_at=None)
        if below.live:
            UnpublishPageAction(below, user=user, log_action=False).execute(skip_permission_checks=True)
    log(page, DELETED, user=user, data={"address": binned.address})
    _move(page.pk, recycle_bin, f"{page.slug[:200]}-{page.pk}", user)  # two of one name may lie there
    return binned


def inside(page: Page) -> bool:
    """Tell whether a page lies in the bin, or is the bin."""
    found = RecycleBin.objects.first()
    return found is not None and page.path.startswith(found.path)


def place(binned: BinnedPage) -> Page | None:
    """Return the page outside of the bin under which a page lay: above others, where those lie in it, too."""
    parent = binned.parent
    while parent is not None and inside(parent):
        branch = parent.get_ancestors(inclusive=True)
        above = BinnedPage.objects.filter(page__in=branch).select_related("parent").first()
        parent = above.parent if above else None
    return parent


@transaction.atomic
def restore(binned: BinnedPage, user: Any) -> Page:
    """Put a page back to its place, with its address, and publish what was public.

    Raises CannotRestore where the place is no more, or the address is another page's by now.
    """
    parent = binned.parent
    if parent is None or inside(parent):
        raise CannotRestore(_("The page above it is deleted, too. Restore that one first."))
    if twin := parent.get_children().filter(slug=binned.slug).first():
        title = twin.specific.get_admin_display_title()
        sentence = _("“%(title)s” has its address by now. Give that page another slug first.")
        raise CannotRestore(sentence % {"title": title})
    _move(binned.page_id, parent, binned.slug, user)
    restored = Page.objects.get(pk=binned.page_id)
    log(restored, RESTORED, user=user, data={"address": binned.address})
    for was in binned.live:
        if page := restored.get_descendants(inclusive=True).filter(pk=was["page"]).first():
            _publish_again(page.specific, was, user)
    binned.delete()
    return Page.objects.get(pk=restored.pk)


def empty(*, older_than: timedelta = timedelta(days=DAYS)) -> list[str]:
    """Delete for good what has lain in the bin for long; return what could not be, with the reason.

    Each page is a transaction of its own, so that one which cannot go keeps no other back.
    """
    left = []
    for binned in BinnedPage.objects.filter(deleted_at__lte=timezone.now() - older_than):
        try:
            with transaction.atomic():
                delete(binned)
        except Exception as error:  # whatever it is, it is reported and tried again the next night
            left.append(f"{binned.page_id} {binned.address}: {error}")
    return left


def delete(binned: BinnedPage, user: Any = None) -> None:
    """Delete a page in the bin for good, with all below it; one that has left it another way stays."""
    page = Page.objects.get(pk=binned.page_id).specific
    if not inside(page):
        binned.delete()
        return
    DeletePageAction(page, user=user).execute(skip_permission_checks=True)


def _move(page_id: int, parent: Page, slug: str, user: Any) -> None:
    """Move a page to where no editor could, under another slug: who calls has asked for leave."""
    Page.objects.filter(pk=page_id).update(slug=slug)
    page = Page.objects.get(pk=page_id).specific
    MovePageAction(page, parent, pos="last-child", user=user).execute(skip_permission_checks=True)


def _is_or_will_be_public(page: Page) -> bool:
    return page.live or page.revisions.filter(approved_go_live_at__isnull=False).exists()


def _as_it_is(page: Page) -> dict[str, Any]:
    """Return what the bin forgets: the public version of a page, since when, and which comes when."""
    since = page.last_published_at
    scheduled = page.revisions.filter(approved_go_live_at__isnull=False)
    return {
        "page": page.pk,
        "live": page.live,
        "scheduled": [[pk, at.isoformat()] for pk, at in scheduled.values_list("pk", "approved_go_live_at")],
        "revision": page.live_revision_id,
        "published": since.isoformat() if since else None,
    }


def _publish_again(page: Page, was: dict[str, Any], user: Any) -> None:
    """Publish what was public; a newer draft stays a draft, and the day of the text stays what it was."""
    if was["live"]:
        _publish_as_it_was(page, was, user)
    for pk, at in was["scheduled"]:
        page.revisions.filter(pk=pk).update(approved_go_live_at=at)


def _publish_as_it_was(page: Page, was: dict[str, Any], user: Any) -> None:
    if revision := page.revisions.filter(pk=was["revision"]).first():
        newest = page.latest_revision_id
        revision.publish(user=user, log_action=False)
        if newest != revision.pk:
            type(page).objects.filter(pk=page.pk).update(has_unpublished_changes=True)
    else:
        page.live, page.has_unpublished_changes = True, False
        page.save(user=user)
    Page.objects.filter(pk=page.pk).update(last_published_at=was["published"])
