"""Django's e-mail backend of the portal: whoever sends a message writes a letter, in their own transaction.

So what Wagtail tells reviewers, a password that is set anew and our own rules go one way. A mail server that
is away or slow holds up no request, and a message whose transaction is undone is never sent.
"""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from home.mail.sending import wake
from home.models import Letter


class LetterBackend(BaseEmailBackend):
    """Writes a letter for each recipient: one wrong address keeps nobody else from theirs."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the letters; return the number of messages. Raises ValueError for one with attachments."""
        letters = [
            Letter(to=address, **_written(message))
            for message in email_messages
            for address in dict.fromkeys(message.recipients())
        ]
        Letter.objects.bulk_create(letters)
        if letters:
            wake()
        return len(email_messages)


def _written(message: EmailMessage) -> dict[str, Any]:
    """Return what a letter keeps of a message."""
    if message.attachments:
        raise ValueError("Letters have no attachments: put the file on a page and link to it.")
    html = [content for content, kind in getattr(message, "alternatives", ()) if kind == "text/html"]
    return {
        "subject": " ".join(message.subject.split())[:255],
        "body": message.body,
        "html": html[0] if html else "",
        "headers": message.extra_headers,
    }
