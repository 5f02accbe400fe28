"""Letters that wait to be sent, and the rules by which people are told what happens to pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from home.fields import ChoiceSetField, NormalCharField


class Letter(models.Model):
    """An e-mail on its way. It is claimed before it is sent: whatever happens, nobody gets it twice."""

    class State(models.TextChoices):
        """Where a letter is."""

        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        UNCLEAR = "unclear", _("Perhaps sent")
        FAILED = "failed", _("Not sent")

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"))
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(_("written at"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due_at"], name="letters_due")]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return self.subject


class Event(models.TextChoices):
    """What people can be told of."""

    PUBLISHED = "published", _("A page is published")
    EXPIRED = "expired", _("A page is taken down or has expired")
    SENT_BACK = "sent_back", _("A page is sent back")
    FORCED = "forced", _("A page is published without review")
    CONFLICT = "conflict", _("An import contradicts an editor's work")
    REVIEW = "review", _("A page is to be looked at again")
    DEAD_LINK = "dead_link", _("A link leads nowhere any more")


class Digest(models.TextChoices):
    """How soon people are told."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day, at seven")
    WEEKLY = "weekly", _("Once a week, on Monday at seven")


def validate_addresses(text: str) -> None:
    """Refuse what is no e-mail address, and say which line it is."""
    for line in filter(None, map(str.strip, text.splitlines())):
        try:
            validate_email(line)
        except ValidationError as error:
            raise ValidationError(_("“%(line)s” is no e-mail address."), params={"line": line}) from error


class Rule(models.Model):
    """When this happens in this branch, these people get a letter."""

    name = NormalCharField(_("name"), max_length=200)
    branch = models.ForeignKey(
        Page,
        verbose_name=_("branch"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("This page and all below it"),
    )
    events = ChoiceSetField(_("what happens"), choice_set=Event.choices, blank=False)
    people: Any = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("people"), blank=True, related_name="+"
    )
    addresses = models.TextField(
        _("other addresses"), blank=True, validators=[validate_addresses], help_text=_("One a line")
    )
    digest = models.CharField(_("when"), max_length=10, choices=Digest.choices, default=Digest.NOW)
    enabled = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self) -> str:
        return self.name


class Notification(models.Model):
    """A line of a letter: somebody is to be told of something, once however many rules say so."""

    to = models.EmailField()
    event = models.CharField(max_length=20, choices=Event.choices)
    occurrence = models.CharField(max_length=100)
    """What makes this the same thing, such as the key of the version that was published."""
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=255)
    text = models.TextField(blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="lines")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("to", "event", "occurrence"), name="told_once_of_an_occurrence")
        ]

    def __str__(self) -> str:
        return self.title
