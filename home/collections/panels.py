"""The panel in the editor of a collection that says, while one chooses, how much is found."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import Panel

from home.collections.forms import FIELDS


class CountPanel(Panel):
    """Sends the form to the count at `url` when it is shown first and after each change of the query."""

    class BoundPanel(Panel.BoundPanel):
        """The panel beside the fields of a page."""

        template_name = "home/admin/collection_count_panel.html"

        class Media:
            js = ["admin/collections.js"]
            css = {"all": ["admin/collections.css"]}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add where the form is to be sent, and which fields matter."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"url": self.url(), "fields": " ".join(FIELDS)}

        def url(self) -> str:
            """Return the address of the count of this page, or of a new one below its parent."""
            if self.instance.pk:
                return reverse("collection_count_on_edit", args=[self.instance.pk])
            return reverse("collection_count_on_add", args=[self.form.parent_page.pk])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("What is found now"), "classname": "mb-collecting-panel"} | kwargs)


@hooks.register("register_admin_urls")
def addresses_of_the_count() -> list[URLPattern]:
    """Add the addresses that the panel sends the form to."""
    from home.collections.counting import urlpatterns  # views, which need all models

    return urlpatterns
