"""What this app adds to the admin."""

from wagtail.snippets.models import register_snippet

from procedures.snippets import CatalogueGroup

register_snippet(CatalogueGroup)
