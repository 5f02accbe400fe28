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
    """Refuses the addresses that the portal keeps for itself."""

    def clean_slug(self) -> Any:
        slug = self.cleaned_data["slug"]
        if self.parent_page.depth == 2 and slug in RESERVED_SLUGS:
            raise ValidationError(_("This address belongs to the portal itself: choose another slug."))
        return slug
