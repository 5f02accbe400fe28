"""The collection: a page that is a saved query, shown as a list, as cards or as a table."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from home.blocks import BodyBlock
from home.collections.fields import ValuesField
from home.collections.forms import FIELDS, CollectionForm
from home.collections.panels import CountPanel
from home.collections.query import Order, Query
from home.fields import NormalCharField, NormalTextField
from home.models.base import PortalPage
from home.models.maintenance import MAINTENANCE_PANELS, MaintainedPage

MOST = 500
"""Pages that a collection shows."""
LONGEST_PERIOD = 3660
"""Days that "the last days" may be."""


class Display(models.TextChoices):
    """What a collection looks like."""

    LIST = "list", _("List")
    CARDS = "cards", _("Cards, with pictures where there are any")
    TABLE = "table", _("Table")


QUERY_PANEL = MultiFieldPanel(
    [
        CountPanel(),
        FieldPanel("types"),
        FieldPanel("words"),
        FieldPanel("levels"),
        FieldPanel("sectors"),
        FieldPanel("agencies"),
        FieldPanel("audiences"),
        FieldPanel("statuses"),
        FieldPanel("online"),
        FieldRowPanel(
            [FieldPanel("last_days"), FieldPanel("since"), FieldPanel("until")],
            heading=_("Dates of the pages"),
            help_text=_("Either a number of days, counted back from today, or fixed dates."),
        ),
        FieldRowPanel([FieldPanel("order"), FieldPanel("limit")]),
    ],
    heading=_("What is collected"),
)


class CollectionPage(RoutablePageMixin, MaintainedPage):
    """Shows what is visible at this moment and has what the fields ask for, of all types of pages."""

    lead = NormalTextField(_("lead"), blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("text above the list"))
    types = ValuesField(_("types"), facet="type", help_text=_("None chosen: all of them."))
    words = NormalCharField(
        _("words of the name"),
        max_length=200,
        blank=True,
        help_text=_("All of them, with or without diacritics. A procedure is found by its code, too."),
    )
    levels = ValuesField(_("levels"), facet="level", help_text=_("Procedures only."))
    sectors = ValuesField(_("sectors"), facet="sector", help_text=_("Procedures only."))
    agencies = ValuesField(_("agencies"), facet="agency", help_text=_("Procedures and decisions only."))
    audiences = ValuesField(_("who may apply"), facet="audience", help_text=_("Procedures only."))
    statuses = ValuesField(_("status"), facet="status", help_text=_("Procedures only."))
    online = ValuesField(_("online service"), facet="online", help_text=_("Procedures only."))
    last_days = models.PositiveSmallIntegerField(
        _("of the last … days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_PERIOD)],
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    order = models.CharField(_("order"), max_length=10, choices=Order.choices, default=Order.NEWEST)
    limit = models.PositiveSmallIntegerField(
        _("at most"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
        help_text=_("Pages that are shown, 1 to 500."),
    )
    display = models.CharField(_("shown as"), max_length=5, choices=Display.choices, default=Display.LIST)
    has_feed = models.BooleanField(_("offers a feed (Atom)"), default=True)

    base_form_class = CollectionForm
    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("lead"),
        QUERY_PANEL,
        MultiFieldPanel([FieldPanel("display"), FieldPanel("has_feed")], heading=_("How it is shown")),
        FieldPanel("body"),
        *MAINTENANCE_PANELS,
    ]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.InformationPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [*PortalPage.search_fields, index.SearchField("lead")]

    class Meta:
        verbose_name = _("collection of pages")
        verbose_name_plural = _("collections of pages")

    @property
    def query(self) -> Query:
        """Return what this collection asks for, today."""
        return Query.of({name: getattr(self, name) for name in FIELDS}, without=self.pk)

    @path("")
    def collected(self, request: HttpRequest) -> HttpResponse:
        """Show what is found, paged; 400 where the address asks for a page that there is not."""
        from home.collections import showing  # which imports models

        context = showing.context(request, self)
        response: HttpResponse = self.render(
            request, context_overrides=context, template="home/collection_page.html"
        )
        response.status_code = HTTPStatus.BAD_REQUEST if context["errors"] else HTTPStatus.OK
        return response

    @path("tin.atom/")  # the slash is not in the address: Wagtail adds one to every path
    def feed(self, request: HttpRequest) -> HttpResponse:
        """Answer with the newest of what is found as a feed, where the page offers one."""
        from home.collections.feeds import CollectionFeed  # which imports models

        if not self.has_feed:
            raise Http404
        return CollectionFeed()(request, collection=self)
