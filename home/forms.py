"""The form behind every page editor."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

RESERVED_SLUGS = frozenset(
    {"admin", "api", "documents", "en", "goi-y", "media", "so-lieu", "static", "tim-kiem", "trang-thai", "vi"}
)
"""First parts of addresses that are the portal's own: no page at the top may take one."""


class PortalPageForm(WagtailAdminPageForm):
    """Leaves an empty slug to the page, and refuses the addresses that the portal keeps for itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> Any:
        slug = self.cleaned_data["slug"]
        if self.parent_page.depth == 2 and slug in RESERVED_SLUGS:
            raise ValidationError(_("This address belongs to the portal itself: choose another slug."))
        return slug
