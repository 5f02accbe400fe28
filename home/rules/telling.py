"""Notes who is to be told of what, and puts what is due into letters.

Both happen in transactions: what did not happen is told to nobody. A person is told once of an occurrence,
however many rules say so; what is due at the same time comes in one letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext
from wagtail.models import Page

from home.models import Digest, Event, Letter, Notification, Rule

MORNING: Final = time(7)
"""When digests are written, in the province's time."""
LINES: Final = 50
"""Lines of a letter; what is more than that is counted."""


def tell(event: Event, page: Page, occurrence: str, text: str = "", also: Iterable[str] = ()) -> None:
    """Note that something has happened to a page, for those whom the rules name and for `also`, at once."""
    wanted = {address.lower(): timezone.now() for address in also if address}
    for rule in rules_of(event, page):
        due = due_at(rule.digest)
        for address in addresses(rule):
            wanted[address] = min(due, wanted.get(address, due))
    if event == Event.PUBLISHED:  # who hears that it was published without review hears it once
        forced = Notification.objects.filter(event=Event.FORCED, occurrence=occurrence)
        wanted = {to: due for to, due in wanted.items() if to not in set(forced.values_list("to", flat=True))}
    title = page.specific_deferred.get_admin_display_title()[:255]
    fields = {
        "event": event,
        "occurrence": occurrence[:100],
        "page_id": page.pk,
        "title": title,
        "text": text,
    }
    lines = [Notification(to=address, due_at=due, **fields) for address, due in wanted.items()]
    Notification.objects.bulk_create(lines, ignore_conflicts=True)


def rules_of(event: Event, page: Page) -> list[Rule]:
    """Return the rules for an event in the branches that a page is in."""
    above = page.get_ancestors(inclusive=True)
    rules = Rule.objects.filter(enabled=True, branch__in=above).prefetch_related("people")
    return [rule for rule in rules if event in rule.events]


def addresses(rule: Rule) -> set[str]:
    """Return the addresses that a rule names, in small letters; who may not log in any more is left out."""
    people = {person.email.lower() for person in rule.people.all() if person.is_active and person.email}
    return people | {line.strip().lower() for line in rule.addresses.splitlines() if line.strip()}


def due_at(digest: str, happened: datetime | None = None) -> datetime:
    """Return when a rule tells what happens now, or happened then."""
    now = timezone.localtime(happened)
    if digest == Digest.NOW:
        return now
    day = now.date() if now.time() < MORNING else now.date() + timedelta(days=1)
    if digest == Digest.WEEKLY:
        day += timedelta(days=-day.weekday() % 7)
    return timezone.make_aware(datetime.combine(day, MORNING))


def write_letters() -> int:
    """Put what is due into letters, one for each person; return how many."""
    due = Notification.objects.filter(letter=None, due_at__lte=timezone.now())
    people = list(due.order_by("to").values_list("to", flat=True).distinct())
    return sum(_letter_for(address) for address in people)


@transaction.atomic
def _letter_for(address: str) -> bool:
    """Write the letter of a person, unless another process has just done so."""
    due = Notification.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        to=address, letter=None
    )
    lines = list(due.filter(due_at__lte=timezone.now()).select_related("page").order_by("pk"))
    if not lines:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        context = {"lines": lines[:LINES], "more": len(lines[LINES:]), "site": settings.WAGTAILADMIN_BASE_URL}
        letter = Letter.objects.create(
            to=address,
            subject=_subject(lines)[:255],
            body=render_to_string("home/mail/rules.txt", context),
            headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no holiday note answers it
        )
    Notification.objects.filter(pk__in=[line.pk for line in lines]).update(letter=letter)
    return True


def _subject(lines: list[Notification]) -> str:
    if len(lines) == 1:
        return f"{lines[0].get_event_display()}: {lines[0].title}"
    sentence = ngettext("%(number)s thing has happened", "%(number)s things have happened", len(lines))
    return sentence % {"number": len(lines)}
