"""The form behind every page editor: a draft saves freely, what goes public is checked first."""

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from home import preflight
from home.preflight import reporting

RESERVED_SLUGS = frozenset(
    {
        *("admin", "api", "bieu-ngu", "danh-gia", "documents", "en", "goi-y", "media", "metrics", "so-lieu"),
        *("static", "tim-kiem", "trang-thai", "tro-nang", "vi"),
    }
)
"""First parts of addresses that are the portal's own: no page at the top may take one."""

LAST_MINUTE = (23, 59)
GOING_PUBLIC = ("action-publish", "action-submit", "action-restart-workflow", "action-workflow-action")
"""Buttons of the editor that bring a page to the public, or a step nearer to it."""


class PortalPageForm(WagtailAdminPageForm):
    """Leaves an empty slug to the page, keeps the portal's addresses, and takes expiry as people mean it.

    What goes public passes the checks of `home.preflight`; each error stands at the field that it is about.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "expire_at" in self.fields:
            self.fields["expire_at"].help_text = _(
                "From this minute on the page is not shown; a day without a time counts to its end."
            )
        if "change_note" in self.fields and not self.instance.has_unpublished_changes:
            self.initial |= {"change_note": "", "change_is_major": False}  # of the next version, not the last

    def is_valid(self) -> bool:
        """Check as Wagtail does, and then, once all fields are in order, whether it may go public."""
        if not super().is_valid():
            return False
        if self.goes_public:
            self.check_before_publication()
        return not self.errors and not any(formset.non_form_errors() for formset in self.formsets.values())

    @property
    def goes_public(self) -> bool:
        """Tell whether the button that was pressed brings the page nearer to the public."""
        is_sent_back = self.data.get("workflow-action-name") == "reject"
        return not is_sent_back and any(self.data.get(button) for button in GOING_PUBLIC)

    def check_before_publication(self) -> None:
        """Put what keeps the page from being published at its fields."""
        reporting.report(self, preflight.blocking(self.save(commit=False)))

    def clean_slug(self) -> Any:
        """Let an automatic slug follow the text until the page is public; a person's own stays."""
        slug = self.cleaned_data["slug"]
        if self.parent_page.depth == 2 and slug in RESERVED_SLUGS:
            raise ValidationError(_("This address belongs to the portal itself: choose another slug."))
        if slug == self.instance.slug and _has_automatic_slug(self.instance):
            return ""
        return slug

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell a form that stays open after a save which address the draft has by now, if it sent another."""
        updates, name = list(super().get_field_updates_for_resave()), self.add_prefix("slug")
        if self.data.get(name, self.instance.slug) != self.instance.slug:
            updates.append((name, self.instance.slug))
        return updates

    def clean_expire_at(self) -> datetime | None:
        """Take a day without a time, or its last minute, to the end of that day."""
        moment: datetime | None = self.cleaned_data["expire_at"]
        if moment is None:
            return None
        local = timezone.localtime(moment)
        day_alone = ":" not in str(self.data.get(self.add_prefix("expire_at"), ""))
        if day_alone or (local.hour, local.minute) == LAST_MINUTE:
            local = local.replace(hour=23, minute=59, second=59)
        return local

    def clean(self) -> dict[str, Any]:
        """Let the draft of a page that has expired be saved; publishing it asks for another date.

        Wagtail refuses both, in a dialog that is closed. What is taken out here stays as it is stored.
        """
        cleaned: dict[str, Any] = super().clean()
        moment, stored = cleaned.get("expire_at"), self.initial.get("expire_at")
        if moment is None or moment > timezone.now():
            return cleaned
        if self.is_deferred_validation and stored and _minute(moment) == _minute(stored):
            del cleaned["expire_at"]
            return cleaned
        sentence = _(
            "The expiry date %(date)s is over: clear it or set a later one, in the schedule under “Status”."
        )
        shown = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
        self.add_error(None, ValidationError(sentence, params={"date": shown}))
        return cleaned


def as_sent(request: HttpRequest, page: Any) -> Any:
    """Return the form of a page with what an editor has sent, valid or not: for panels that look at it."""
    form_class = page.get_edit_handler().get_form_class()
    return form_class(
        request.POST, instance=page, parent_page=page.get_parent().specific, for_user=request.user
    )


def _has_automatic_slug(page: Any) -> bool:
    """Tell whether a page that nobody can have bookmarked has the slug that its text gives."""
    if page.live or page.first_published_at or not page.slug:
        return False
    return bool(re.fullmatch(rf"{re.escape(page.automatic_slug())}(-\d+)?", page.slug))


def _minute(moment: datetime) -> datetime:
    """Return a time as the form shows it."""
    return moment.replace(second=0, microsecond=0)
