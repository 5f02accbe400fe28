"""What this app adds to the admin."""

from wagtail.snippets.models import register_snippet

from procedures import conflict_admin  # noqa: F401  its own hooks register with it
from procedures.snippets import CatalogueGroup

register_snippet(CatalogueGroup)
