"""What this app adds to the admin."""

from wagtail.snippets.models import register_snippet

from procedures import conflict_admin, merging_admin, phrasing_admin, phrasing_report  # noqa: F401  hooks
from procedures.snippets import CatalogueGroup

register_snippet(CatalogueGroup)
