"""What a version changed: kept for the public when it is published."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from home.models import ChangeNote, MaintainedPage


def keep(instance: Page, revision: Revision | None, **kwargs: Any) -> None:
    """Make the note of a published version public, once, however often that is published."""
    if not isinstance(instance, MaintainedPage) or revision is None or not instance.change_note:
        return
    fields = {"page_id": instance.pk, "text": instance.change_note, "is_major": instance.change_is_major}
    ChangeNote.objects.get_or_create(revision=revision, defaults=fields | {"at": timezone.now()})


page_published.connect(keep)
