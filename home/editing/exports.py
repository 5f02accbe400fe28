"""Every list of the admin as XLSX and CSV, as Wagtail offers it for some; nothing in it is a live formula.

What Wagtail's own exports lack is set on the one class behind all of them: a CSV that spreadsheets read as
UTF-8, cells that no spreadsheet takes for a formula (OWASP, "CSV injection"), times of the province. In XLSX
a text is a text: a code keeps its zeros.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import collections, workflows
from wagtail.admin.views.generic import models as generic
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages import listing
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.contrib.redirects import views as redirects
from wagtail.documents.views import documents
from wagtail.images.views import images
from wagtail.sites import views as sites
from wagtail.users.views import groups, users

FORMULA: Final = re.compile(r"[\s'\ufeff]*[=+\-@\t\r＝＋－＠]")
CHOICE: Final = re.compile(r"get_(\w+)_display")
BOM: Final = "\ufeff".encode()
PAGES = ["get_admin_display_title", "full_url", "page_type_display_name", "status_string", "owner"]
PAGES += ["first_published_at", "last_published_at", "latest_revision_created_at"]
COLUMNS: dict[Any, list[str]] = {
    listing.IndexView: PAGES,
    users.IndexView: ["username", "get_full_name", "email", "is_active", "is_superuser", "last_login"],
    groups.IndexView: ["name"],
    images.IndexView: ["title", "description", "filename", "width", "height", "file_size", "created_at"],
    documents.IndexView: ["title", "filename", "file_size", "created_at"],
    redirects.IndexView: ["old_path", "link", "is_permanent", "site"],
    collections.Index: ["name"],
    workflows.Index: ["name", "active"],
    workflows.TaskIndex: ["name", "active"],
    sites.IndexView: ["hostname", "port", "site_name", "root_page", "is_default_site"],
    PageTypesUsageReportView: ["name", "count"],
}
"""What the lists are exported with that Wagtail exports without any column."""
HEADINGS = {
    "get_admin_display_title": _("title"),
    "full_url": _("address"),
    "page_type_display_name": _("kind"),
    "status_string": _("state"),
    "owner": _("person"),
    "first_published_at": _("first published"),
    "last_published_at": _("last published"),
    "latest_revision_created_at": _("last changed"),
    "get_full_name": _("name"),
    "filename": _("file"),
    "link": _("leads to"),
    "old_path": _("old address"),
    "is_permanent": _("for good"),
    "count": _("pages"),
}


def harmless(value: Any) -> Any:
    """Return a value as no spreadsheet takes it for a formula; numbers and days are none.

    A telephone number that begins with + stays readable: an apostrophe goes before it.
    """
    if value is None or isinstance(value, int | float | datetime.date | datetime.time):
        return force_str(value, strings_only=True)
    text = ", ".join(map(force_str, value)) if isinstance(value, list | tuple) else force_str(value)
    return f"'{text}" if FORMULA.match(text) else text


def local(value: datetime.datetime) -> datetime.datetime:
    """Return a time of the province, as XLSX wants it: without a zone."""
    return value if timezone.is_naive(value) else timezone.make_naive(value)


def readable(value: datetime.datetime) -> str:
    """Return a time of the province as text."""
    return local(value).strftime("%Y-%m-%d %H:%M")


def _named(get_heading: Any) -> Any:
    """Have the words for a choice headed by the name of its field."""

    def heading(self: SpreadsheetExportMixin, queryset: Any, field: str) -> str:
        chosen = CHOICE.fullmatch(field)
        return str(get_heading(self, queryset, chosen[1] if chosen else field))

    return heading


def _marked(stream_csv: Any) -> Any:
    """Have a CSV begin with the mark by which spreadsheets know UTF-8."""

    def stream(self: SpreadsheetExportMixin, queryset: Any) -> Iterator[bytes]:
        yield BOM
        yield from stream_csv(self, queryset)

    return stream


SpreadsheetExportMixin.custom_value_preprocess = {
    datetime.datetime: {
        SpreadsheetExportMixin.FORMAT_XLSX: local,
        SpreadsheetExportMixin.FORMAT_CSV: readable,
    },
    (datetime.date, datetime.time): {SpreadsheetExportMixin.FORMAT_XLSX: None},
    list: {
        SpreadsheetExportMixin.FORMAT_XLSX: lambda value: ", ".join(map(force_str, value)),
        SpreadsheetExportMixin.FORMAT_CSV: harmless,
    },
    object: {SpreadsheetExportMixin.FORMAT_CSV: harmless},
}
SpreadsheetExportMixin.get_heading = _named(SpreadsheetExportMixin.get_heading)
SpreadsheetExportMixin.stream_csv = _marked(SpreadsheetExportMixin.stream_csv)
generic.IndexView.export_headings = HEADINGS
PageTypesUsageReportView.export_headings = {"name": _("kind"), "count": _("pages")}
for view, columns in COLUMNS.items():
    view.list_export = columns
