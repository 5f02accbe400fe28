"""What this app adds to the admin."""

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from home import figures_panel  # noqa: F401  it registers itself
from home.editing import (  # noqa: F401  these register themselves
    dashboard,
    exports,
    forced_report,
    forcing,
    guide,
    moving,
    notes,
    recycling,
    sent_back,
)
from home.fields import NormalTextField
from home.furniture import admin  # noqa: F401  the same
from home.linkcheck import report  # noqa: F401  the same
from home.links import VisiblePageLinkHandler
from home.login import audit, idle, people  # noqa: F401  the same
from home.models.base import is_over
from home.rules import admin as rules_admin  # noqa: F401  the same
from home.rules import listening, reviewing  # noqa: F401  the same

# Wagtail gives Django's own text field a box that grows with its text, and no field derived from it.
register_form_field_override(NormalTextField, override={"widget": AdminAutoHeightTextInput})


@hooks.register("insert_global_admin_js")
def slugs_as_the_server_makes_them() -> SafeString:
    """Make the editor's browser write the slug that the server would: đ is d, in both."""
    return format_html('<script src="{}"></script>', static("admin/slug.js"))


@hooks.register("insert_global_admin_css")
def styles_of_the_house() -> SafeString:
    """Add what Wagtail's own styles lack."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/house.css"))


@hooks.register("construct_page_action_menu")
def withdrawing_comes_last(menu_items: list[Any], request: HttpRequest, context: Any) -> None:
    """Put the end of a review behind what moves it on: it asks no question."""
    menu_items.sort(key=lambda item: item.name == "action-cancel-workflow")


@hooks.register("before_serve_page", order=-1)
def nothing_after_its_time(page: Page, request: HttpRequest, *args: Any) -> None:
    """Serve no page whose time is over, though beat has not taken it down yet; previews come another way."""
    if is_over(page):
        raise Http404


@hooks.register("register_rich_text_features", order=1)  # after Wagtail has registered its own
def links_to_what_is_visible(features: Any) -> None:
    """Link from a text to no page that is hidden."""
    features.register_link_type(VisiblePageLinkHandler)
