"""The list of all procedures, the ways in below it, and the short address of each procedure by its code."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.url_routing import RouteResult

from home.fields import NormalTextField
from home.models import PortalPage
from procedures import agency_pages, journeys, listing, ways
from procedures.models.procedure import ProcedurePage
from procedures.presentation.agencies import WITH_SUCCESSORS


class ProcedureIndexPage(RoutablePageMixin, PortalPage):
    """`/thu-tuc/`: procedures, and the ways in to them."""

    frame_title = _("Procedures")
    lead = NormalTextField(_("lead"), blank=True)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["procedures.ProcedurePage"]

    class Meta:
        verbose_name = _("list of procedures")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a procedure together with its issuer: one query where Wagtail takes three."""
        if len(path_components) == 1:
            found = ProcedurePage.objects.child_of(self).filter(slug=path_components[0])
            if page := found.select_related(f"issuer__{WITH_SUCCESSORS}").first():
                page._cached_parent_obj = self
                return page.route(request, [])
        return super().route(request, path_components)

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """Show the list, filtered and paged as the address says."""
        return self._answer(request, "procedure_index_page", listing.context(request, self))

    @path("linh-vuc/")
    def sectors(self, request: HttpRequest) -> HttpResponse:
        """Show every sector that has a procedure."""
        return self._answer(request, "sectors", ways.sectors(self))

    @path("cap/")
    def levels(self, request: HttpRequest) -> HttpResponse:
        """Say what the levels are, and how many procedures are done at each and at several."""
        return self._answer(request, "levels", ways.levels(self))

    @path("a-z/")
    def a_to_z(self, request: HttpRequest) -> HttpResponse:
        """Show the procedures of a letter."""
        return self._answer(request, "a_to_z", ways.a_to_z(request, self))

    @path("moi/")
    def newest(self, request: HttpRequest) -> HttpResponse:
        """Show what is new and what has changed, by day."""
        return self._answer(request, "newest", ways.newest(request, self))

    @path("co-quan/")
    def agencies(self, request: HttpRequest) -> HttpResponse:
        """Show every agency that has a procedure or an office."""
        return self._answer(request, "agencies", agency_pages.listed(request, self))

    @path("co-quan/<slug:slug>/")
    def agency(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show where an agency is, and what it does."""
        agency = agency_pages.find(slug)
        if agency.slug != slug:
            return self._moved(request, f"co-quan/{agency.slug}/")
        return self._answer(request, "agency", agency_pages.shown(request, self, agency))

    @path("su-kien/")
    def life_events(self, request: HttpRequest) -> HttpResponse:
        """Show what happens in a life or a business."""
        return self._answer(request, "life_events", {"groups": journeys.groups()})

    @path("su-kien/<slug:slug>/")
    def life_event(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the way through a life event, step by step."""
        event = journeys.find(slug)
        if event.slug != slug:
            return self._moved(request, f"su-kien/{event.slug}/")
        return self._answer(request, "life_event", {"journey": journeys.journey(event)})

    def _answer(self, request: HttpRequest, template: str, shown: dict[str, Any]) -> HttpResponse:
        """Render one of the lists; 400 where the address asks for what does not exist."""
        response = self.render(request, context_overrides=shown, template=f"procedures/{template}.html")
        response.status_code = HTTPStatus.BAD_REQUEST if shown.get("errors") else HTTPStatus.OK
        return response

    def _moved(self, request: HttpRequest, below: str) -> HttpResponse:
        """Redirect for good to another address below this page: two rows of the catalogue became one."""
        return redirect(f"{self.get_url(request)}{below}", permanent=True)

    @re_path(r"^(?P<code>\d\.\d+[^/]*|[A-Z]\w*_\w+)/(?P<below>chuan-bi/|niem-yet/)?$")
    def by_code(self, request: HttpRequest, code: str, below: str | None = None) -> HttpResponse:
        """Redirect `/thu-tuc/1.001193/`, with suffix or without, to the page of that code, or below it.

        Papers carry these addresses: they hold whatever a page is called later.
        """
        page = ProcedurePage.objects.child_of(self).visible().with_code(code).first()
        if page is None:
            raise Http404
        query = f"?{request.GET.urlencode()}" if below and request.GET else ""
        return redirect(f"{page.get_url(request)}{below or ''}{query}", permanent=False)
