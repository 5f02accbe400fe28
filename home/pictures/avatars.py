"""The account page with our form for one's own picture: Wagtail has no setting for that one."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel

from home.pictures.forms import PortalAvatarForm


class PortalAccountView(AccountView):
    """Wagtail's account page."""

    def get_panels(self) -> list[Any]:
        panels: list[Any] = super().get_panels()
        for panel in panels:
            if isinstance(panel, AvatarSettingsPanel):
                panel.form_class = PortalAvatarForm
        return panels


@hooks.register("register_admin_urls")
def account() -> list[URLPattern]:
    """Put it before Wagtail's, at the same address."""
    return [path("account/", PortalAccountView.as_view(), name="wagtailadmin_account")]
