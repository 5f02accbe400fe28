"""Gives the account page our form for one's own picture, and says why one is refused; Wagtail is silent.

There is no setting for either. Read with the addresses, before any page is shown.
"""

from wagtail.admin.views.account import AvatarSettingsPanel

from home.pictures.forms import PortalAvatarForm

AvatarSettingsPanel.form_class = PortalAvatarForm
AvatarSettingsPanel.template_name = "home/admin/avatar.html"
