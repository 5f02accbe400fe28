"""The editor's side panel of checks: what keeps a page from the public, and what does not add up."""

from __future__ import annotations

from typing import Any

from django.db.transaction import non_atomic_requests
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from home.figures_prose import check_form, has_prose
from home.forms import as_sent
from home.preflight import panel


class FiguresSidePanel(BaseSidePanel):
    """Sends the form to the check at `url` when it is shown first and after each change."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that opens it; its counter says how many findings there are."""

        aria_label = _("Checks before publication")
        icon_name = "decimal"

    class Media:
        js = ["admin/figures.js"]
        css = {"all": ["admin/figures.css"]}

    name = "figures"
    title = _("Checks before publication")
    template_name = "home/admin/figures_panel.html"
    order = 360

    def __init__(self, page: Page, request: HttpRequest, url: str) -> None:
        super().__init__(page, request)
        self.url = url

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Add where the form is to be sent."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        return context | {"url": self.url}


class _PanelMixin:
    """An editor of pages with the panel. What is sent again after an autosave leaves it as it stands."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        view: Any = self
        again = view.expects_json_response or getattr(view, "hydrate_create_view", False)
        if not again and has_prose(type(view.page)):
            panels.append(FiguresSidePanel(view.page, view.request, self.figures_url()))
        return panels

    def figures_url(self) -> str:
        page = self.page  # type: ignore[attr-defined]
        return reverse("figures_on_edit", args=[page.pk])


class FiguresCreateView(_PanelMixin, CreateView):
    """Wagtail's, with the panel."""

    def figures_url(self) -> str:
        meta = type(self.page)._meta
        return reverse("figures_on_add", args=[meta.app_label, meta.model_name, self.parent_page.pk])


class FiguresEditView(_PanelMixin, EditView):
    """Wagtail's, with the panel."""


class FiguresRevertView(_PanelMixin, RevisionsRevertView):
    """Wagtail's, with the panel."""


class FiguresPageViewSet(PageViewSet):
    """The views of every page type that has none of its own; one that has its own derives it from this."""

    add_view_class = FiguresCreateView
    edit_view_class = FiguresEditView
    revisions_revert_view_class = FiguresRevertView


class _CheckMixin:
    """Answers with the findings in a form that was sent, valid or not; whom, is for the preview to say."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = as_sent(request, self.object)  # type: ignore[attr-defined]
        found, listed = check_form(form), panel.listed(form)
        context = {"found": found, "listed": listed, "number": len(found) + len(listed)}
        return TemplateResponse(request, "home/admin/figures.html", context)


class CheckOnEditView(_CheckMixin, PreviewOnEditView):
    """The check of a page that there is: for those who may edit it."""


class CheckOnAddView(_CheckMixin, PreviewOnCreateView):
    """The check of a page that is not saved yet: for those who may add one there."""


@hooks.register("register_admin_viewset")
def editors_with_figures() -> PageViewSet:
    """Put the panel beside the form of every page."""
    return FiguresPageViewSet()


@hooks.register("register_admin_urls")
def addresses_of_the_check() -> list[URLPattern]:
    """Add the addresses that the panel sends the form to. Nothing is written there."""
    return [
        path(
            "pages/<int:page_id>/figures/",
            non_atomic_requests(CheckOnEditView.as_view()),
            name="figures_on_edit",
        ),
        path(
            "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/figures/",
            non_atomic_requests(CheckOnAddView.as_view()),
            name="figures_on_add",
        ),
    ]
