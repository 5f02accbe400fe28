"""What the project adds to the admin: the name of an import in the history of a page."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from portal.transfer.outcomes import ACTION


@hooks.register("register_log_actions")
def register_import(actions: Any) -> None:
    """Name what `import_site` did."""
    actions.register_action(ACTION, _("Import"), _("Brought in from another server"))
