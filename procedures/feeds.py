"""The feeds of decisions and of procedures that are new or have changed."""

from datetime import date

from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from home.feeds import PageFeed
from procedures.models import DecisionPage, ProcedurePage
from procedures.querysets import DecisionPageQuerySet, ProcedurePageQuerySet


class DecisionFeed(PageFeed):
    """Decisions, those signed last first."""

    title = format_lazy("Minh Bạch: {}", _("Decisions"))
    link = "/quyet-dinh/"

    def pages(self) -> DecisionPageQuerySet:
        return DecisionPage.objects.visible().newest()

    def summary(self, page: DecisionPage) -> str:
        return page.summary or page.number

    def day(self, page: DecisionPage) -> date | None:
        return page.date_signed


class ProcedureFeed(PageFeed):
    """Procedures, those published last first."""

    title = format_lazy("Minh Bạch: {}", _("New and changed procedures"))
    link = "/thu-tuc/"

    def pages(self) -> ProcedurePageQuerySet:
        return ProcedurePage.objects.visible().order_by(F("last_published_at").desc(nulls_last=True), "-pk")

    def summary(self, page: ProcedurePage) -> str:
        return page.summary or page.full_code
