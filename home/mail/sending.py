"""Sends letters: each is claimed first, in a transaction of its own, and sent after that.

Who dies between the two leaves a claim behind, and the letter counts as "perhaps sent": it is shown to the
administrator and not sent again. An error of which it is sure that the server has not taken the letter (it
could not be reached, or said no) brings it back into the queue, later each time. What is not sure, such as a
connection that broke after the text was sent, is "perhaps sent", too.
"""

from __future__ import annotations

import smtplib
from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from home.models import Letter
from search import broker

TASK: Final = "home.tasks.send_letters"
TRIES: Final = 10
"""After so many the letter counts as not sent; the last comes about eight hours after the first."""
AT_ONCE: Final = 50
"""Letters of one run."""
FAILURES: Final = 3
"""Letters that may fail in one run: then the server is away, and the next minute is early enough."""
LOST: Final = timedelta(minutes=15)
"""After so long a claimed letter is one whose sender has died."""
REFUSED: Final = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)
"""Answers by which a mail server says that it has not taken a letter."""


class NotTaken(Exception):
    """It is sure that the mail server has not taken a letter."""


def wake() -> None:
    """Have the worker send what waits, once this transaction is committed; beat does so each minute, too."""
    transaction.on_commit(lambda: broker.send(TASK, expires=None), robust=True)


def send_waiting() -> int:
    """Send the letters that are due; return how many were sent."""
    give_up_lost()
    sent = failed = 0
    while sent + failed < AT_ONCE and failed < FAILURES and (letter := claim()):
        if deliver(letter):
            sent += 1
        else:
            failed += 1
    return sent


@transaction.atomic
def claim() -> Letter | None:
    """Take the letter that has waited longest: nobody else sends it from here on."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING, due_at__lte=timezone.now())
    letter = waiting.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if letter is None:
        return None
    letter.state, letter.claimed_at, letter.tries = Letter.State.SENDING, timezone.now(), letter.tries + 1
    letter.save(update_fields=["state", "claimed_at", "tries"])
    return letter


def deliver(letter: Letter) -> bool:
    """Give a claimed letter to the mail server; tell whether it was taken."""
    try:
        _hand_over(letter)
    except NotTaken as error:
        _again(letter, error)
    except Exception as error:  # it may have been taken, so it is not sent again
        _close(letter, Letter.State.UNCLEAR, error)
    else:
        _close(letter, Letter.State.SENT)
        return True
    return False


def give_up_lost() -> None:
    """Let letters whose sender has died count as perhaps sent."""
    lost = Letter.objects.filter(state=Letter.State.SENDING, claimed_at__lt=timezone.now() - LOST)
    lost.update(state=Letter.State.UNCLEAR, error="The process that sent it has ended meanwhile.")


def _hand_over(letter: Letter) -> None:
    """Give a letter to the mail server. Raises NotTaken where it has surely not taken it."""
    message = EmailMultiAlternatives(letter.subject, letter.body, to=[letter.to], headers=letter.headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    connection = get_connection(settings.LETTERS_BACKEND)
    try:
        connection.open()
    except Exception as error:
        raise NotTaken(_said(error)) from error
    try:
        connection.send_messages([message])
    except REFUSED as error:
        raise NotTaken(_said(error)) from error
    finally:
        with suppress(Exception):  # it has the letter; how it says goodbye is no matter
            connection.close()


def _again(letter: Letter, error: Exception) -> None:
    if letter.tries >= TRIES:
        _close(letter, Letter.State.FAILED, error)
        return
    letter.state = Letter.State.WAITING
    letter.due_at = timezone.now() + timedelta(minutes=2 ** (letter.tries - 1))
    letter.error = _said(error)
    letter.save(update_fields=["state", "due_at", "error"])


def _close(letter: Letter, state: Letter.State, error: Exception | None = None) -> None:
    letter.state, letter.error = state, _said(error) if error else ""
    letter.sent_at = timezone.now() if state == Letter.State.SENT else None
    letter.save(update_fields=["state", "error", "sent_at"])


def _said(error: Exception) -> str:
    """Return an error in words, once."""
    return str(error) if isinstance(error, NotTaken) else f"{type(error).__name__}: {error}"[:500]
