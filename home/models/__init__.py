"""The models of `home`, by concern."""

from home.models.base import PortalPage
from home.models.collection import CollectionPage
from home.models.furniture import Banner, Notice, VisitDay
from home.models.mail import Digest, Event, Letter, Notification, Rule
from home.models.maintenance import ChangeNote, MaintainedPage
from home.models.media import PortalDocument, PortalImage, PortalRendition
from home.models.outside import OutsideLink
from home.models.pages import HomePage, InformationPage
from home.models.recycling import BinnedPage, RecycleBin
from home.models.settings import ProvinceSettings
from home.models.users import User
from home.models.workflow import ReviewTask

__all__ = [
    "Banner",
    "BinnedPage",
    "ChangeNote",
    "CollectionPage",
    "Digest",
    "Event",
    "HomePage",
    "InformationPage",
    "Letter",
    "MaintainedPage",
    "Notice",
    "Notification",
    "OutsideLink",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "ProvinceSettings",
    "RecycleBin",
    "ReviewTask",
    "Rule",
    "User",
    "VisitDay",
]
