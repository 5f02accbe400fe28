"""What this app adds to the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from procedures import conflict_admin, merging_admin, phrasing_admin, phrasing_report  # noqa: F401  hooks
from procedures.permissions import foreign_below
from procedures.snippets import CatalogueGroup

register_snippet(CatalogueGroup)


@hooks.register("before_copy_page", order=-1)
@hooks.register("before_delete_page", order=-1)
@hooks.register("before_move_page", order=-1)
@hooks.register("before_unpublish_page", order=-1)
def nothing_of_others_below(request: HttpRequest, page: Page, *args: Any) -> None:
    """Turn away people of an agency who are about to take pages of other agencies along."""
    if foreign_below(request.user, page):
        raise PermissionDenied
