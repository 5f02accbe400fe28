"""The list of all procedures, and the short address of each by its code."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.url_routing import RouteResult

from home.fields import NormalTextField
from home.models import PortalPage
from procedures import listing
from procedures.models.procedure import ProcedurePage
from procedures.presentation.agencies import WITH_SUCCESSORS


class ProcedureIndexPage(RoutablePageMixin, PortalPage):
    """`/thu-tuc/`: procedures by sector, level and agency."""

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
        shown = listing.context(request, self)
        response = self.render(request, context_overrides=shown)
        response.status_code = 400 if shown["errors"] else 200
        return response

    @path("linh-vuc/")
    def sectors(self, request: HttpRequest) -> HttpResponse:
        """Show every sector that has a procedure."""
        return self._catalogue(request, "sector")

    @path("co-quan/")
    def agencies(self, request: HttpRequest) -> HttpResponse:
        """Show every agency that has a procedure."""
        return self._catalogue(request, "agency")

    def _catalogue(self, request: HttpRequest, kind: str) -> HttpResponse:
        shown = listing.catalogue(request, self, kind)
        return self.render(request, context_overrides=shown, template="procedures/procedure_catalogue.html")

    @re_path(r"^(?P<code>\d\.\d+[^/]*|[A-Z]\w*_\w+)/$")
    def by_code(self, request: HttpRequest, code: str) -> HttpResponse:
        """Redirect `/thu-tuc/1.001193/`, with suffix or without, to the page of that code."""
        page = ProcedurePage.objects.child_of(self).visible().with_code(code).first()
        if page is None:
            raise Http404
        return redirect(page.get_url(request), permanent=False)
