"""Moving asks for leave before it asks whether one is sure: Wagtail shows that page to everyone."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page


@hooks.register("before_move_page")
def may_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Turn away who may not move this page to that place."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied
