"""The models of `home`, by concern."""

from home.models.base import PortalPage
from home.models.media import PortalDocument, PortalImage, PortalRendition
from home.models.pages import HomePage, InformationPage
from home.models.settings import ProvinceSettings
from home.models.users import User

__all__ = [
    "HomePage",
    "InformationPage",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "ProvinceSettings",
    "User",
]
