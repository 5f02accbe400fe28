"""The form of a notice: possible times, and maintenance announced as early as it must be."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from home.furniture.announcing import ShortNotice, short_notice
from home.models import Notice


class NoticeForm(WagtailAdminModelForm):
    """Asks maintenance for its times, and for a reason where it is announced too late."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        shown, starts, ends = (cleaned.get(name) for name in ("shown_from", "starts_at", "ends_at"))
        if cleaned.get("kind") == Notice.Kind.MAINTENANCE:
            for name in ("starts_at", "ends_at"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Maintenance has a beginning and an end."))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it begins."))
        elif shown and ends and ends <= shown:
            self.add_error("ends_at", _("It ends before it is announced: nobody would see it."))
        return cleaned

    def _post_clean(self) -> None:
        # Here the notice has what the form says.
        super()._post_clean()
        if self.errors or self.instance.late_reason:
            return
        if short := short_notice(self.instance):
            self.add_error("late_reason", too_late(short))


def too_late(short: ShortNotice) -> ValidationError:
    """Say how short a notice is, and what may be done."""
    sentence = ngettext(
        "Only %(days)d whole working day lies between the announcement and the beginning; it must be seven. "
        "Begin on %(day)s at the earliest, or write why it cannot wait.",
        "Only %(days)d whole working days lie between the announcement and the beginning; it must be seven. "
        "Begin on %(day)s at the earliest, or write why it cannot wait.",
        short.days,
    )
    return ValidationError(
        sentence % {"days": short.days, "day": date_format(short.earliest, "SHORT_DATE_FORMAT")}
    )
