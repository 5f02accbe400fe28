"""Publishes what is due and takes down what has expired: once, however many do so at the same time.

Wagtail's command is one loop: two of them publish everything twice, and a page that fails keeps all others
waiting, for ever. Here each page has a transaction of its own. It locks the page's row (SQLite has one writer
at a time anyway) and looks again whether it is still due. A row that another transaction holds is passed
over: another scheduler does it now, or the next minute does. The work itself, with its signals and its
history, stays Wagtail's.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """A page, or a snippet with drafts, whose time has come: to go live with a revision, or to go."""

    model: type[Model]
    pk: str
    revision: int | None = None

    def __str__(self) -> str:
        what = f"{self.model._meta.model_name} {self.pk}"
        return f"{what}: publish revision {self.revision}" if self.revision else f"{what}: expire"

    def carry_out(self) -> bool:
        """Do it unless it is not due any more; tell whether it was done here, all of it or nothing."""
        with transaction.atomic():
            return _publish(self) if self.revision else _expire(self)


@dataclass
class Outcome:
    """How much a run published and took down, or could not."""

    published: int = 0
    expired: int = 0
    failed: int = 0


def run_schedule() -> Outcome:
    """Do all that is due; what fails is logged, keeps its state, and is due again the next time."""
    outcome = Outcome()
    for due in all_due():
        try:
            done = due.carry_out()
        except Exception:  # whatever is wrong with one page is no reason to keep the others waiting
            logger.exception("The schedule failed and is tried again the next minute: %s", due)
            outcome.failed += 1
            continue
        outcome.published += done and due.revision is not None
        outcome.expired += done and due.revision is None
    return outcome


def all_due() -> Iterator[Due]:
    """Yield what is due.

    What goes live comes first: a version that begins when the last one ends takes its place without a gap.
    """
    revisions = _due_revisions().order_by("approved_go_live_at", "pk")
    for revision in list(revisions.defer("content").select_related("base_content_type")):
        if model := revision.base_content_type.model_class():
            yield Due(model, revision.object_id, revision.pk)
    snippets = [m for m in apps.get_models() if issubclass(m, DraftStateMixin) and not issubclass(m, Page)]
    for model in (Page, *snippets):
        for pk in list(_expired(model).order_by("expire_at", "pk").values_list("pk", flat=True)):
            yield Due(model, str(pk))


def _due_revisions() -> QuerySet:
    return Revision.objects.filter(approved_go_live_at__lte=timezone.now())


def _expired(model: type[Model]) -> QuerySet:
    return model._default_manager.filter(live=True, expire_at__lte=timezone.now())


def _publish(due: Due) -> bool:
    """Publish a revision."""
    locked = due.model._default_manager.select_for_update(skip_locked=True).filter(pk=due.pk).exists()
    revision = _due_revisions().filter(pk=due.revision).first() if locked else None
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _expire(due: Due) -> bool:
    """Take a page down. A version that is to go live later still does: Wagtail would forget it."""
    found = _expired(due.model).select_for_update(skip_locked=True).filter(pk=due.pk).first()
    if found is None:
        return False
    scheduled = dict(
        found.revisions.filter(approved_go_live_at__isnull=False).values_list("pk", "approved_go_live_at")
    )
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for pk, moment in scheduled.items():
        Revision.objects.filter(pk=pk).update(approved_go_live_at=moment)
    return True
