"""Hears what happens to pages, and tells those whom the rules name."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision, TaskState
from wagtail.signals import page_published, page_unpublished, task_rejected

from home.models import Event
from home.rules.telling import tell


def published(instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    """Tell of a version that is public now."""
    if revision is not None:
        tell(Event.PUBLISHED, instance, f"version {revision.pk}", getattr(instance, "change_note", ""))


def taken_down(instance: Page, **kwargs: Any) -> None:
    """Tell of a page that is public no more: taken down, expired, or in the recycle bin."""
    tell(Event.EXPIRED, instance, f"page {instance.pk} {timezone.now():%Y-%m-%d %H:%M}")


def sent_back(instance: TaskState, **kwargs: Any) -> None:
    """Tell of a page that a reviewer has sent back, with the comment."""
    page = instance.workflow_state.content_object
    if isinstance(page, Page):
        tell(Event.SENT_BACK, page, f"step {instance.pk} {instance.finished_at}", instance.get_comment())


page_published.connect(published)
page_unpublished.connect(taken_down)
task_rejected.connect(sent_back)
