"""What is checked of an article beside its own picture: the gallery, the dates, the source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from home.alternatives import says_nothing
from home.preflight import Finding


def gallery(page: Any) -> Iterator[Finding]:
    """Check that each picture below the article says in words what it shows."""
    for place, row in enumerate(page.pictures.all(), 1):
        if says_nothing(row.alternative, row.image.file.name):
            sentence = _("Picture %(number)s: say in words what it shows.") % {"number": place}
            yield Finding("pictures", sentence, blocks=True, quote=row.caption)


def dates(page: Any) -> Iterator[Finding]:
    """Check that what the figures count, and the reading of the source, are not to come."""
    today = timezone.localdate()
    if page.as_of and page.as_of > today:
        yield Finding("as_of", _("This day is still to come: figures cannot count it."), blocks=True)
    elif page.as_of and page.date and page.as_of > page.date:
        yield Finding("as_of", _("The figures count a later day than that of the article: check both dates."))
    if page.source_retrieved_on and page.source_retrieved_on > today:
        yield Finding("source_retrieved_on", _("This day is still to come."), blocks=True)


def source(page: Any) -> Iterator[Finding]:
    """Check that what is used has a name, and that it is said how it was used."""
    named = bool(page.source_name or page.source_url)
    if page.source_state and not named:
        yield Finding("source_name", _("Name the source, or do not say how it was used."), blocks=True)
    elif named and not page.source_state:
        yield Finding("source_state", _("Say how the source was used: word for word, shortened, compiled?"))
