"""What a page shows of itself where its address is shared: a picture of its title, or its own picture."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from functools import cached_property, singledispatch
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from home.models import ProvinceSettings
from home.models.base import HOME_DEPTH
from home.querysets import PortalPageQuerySet
from home.sharing_picture import SIZE, drawn

if TYPE_CHECKING:
    from home.models import PortalPage

DAY: Final = 24 * 3600
YEAR: Final = 365 * DAY
DESIGN: Final = "1"
"""Changes with how pictures are drawn: an address stands for one picture for ever."""
OWN_PICTURE: Final = "fill-1200x630|format-jpeg|jpegquality-80"


@dataclass(frozen=True)
class Shared:
    """What a type of page says of itself; without a picture of its own one is drawn."""

    label: str = ""
    """A few words above the title: what it is, and its code or number."""
    kind: str = "website"
    """The type in the words of Open Graph."""
    image: Any = None
    image_alt: str = ""


@singledispatch
def shared(page: Page) -> Shared:
    """Return what a page says of itself; each app registers its types."""
    return Shared()


@singledispatch
def title_below(page: Page, below: str) -> str:
    """Return what is at an address below a page ("co-quan/so-y-te/"), "" if nothing; apps register theirs."""
    return ""


@dataclass(frozen=True)
class Card:
    """All that a drawn picture says; `below` is where below its page, "" for the page itself."""

    page: int
    title: str
    label: str
    owner: str
    below: str = ""

    @cached_property
    def key(self) -> str:
        return hashlib.sha256("\n".join(map(str, (*astuple(self), DESIGN))).encode()).hexdigest()[:16]

    @property
    def path(self) -> str:
        """Return the address of the picture, the same whatever the language of the frame."""
        with translation.override(settings.LANGUAGE_CODE):
            where = {"page_id": self.page, "below": self.below, "key": self.key}
            return reverse("sharing_picture", kwargs=where)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as the head of a page names it; the address is a full one."""

    url: str
    width: int
    height: int
    alt: str


def card(page: Page, label: str, office: Any, below: str = "") -> Card:
    """Return what the drawn picture of a page says, or of what is below it."""
    with translation.override(settings.LANGUAGE_CODE):
        owner = _("%(name)s province") % {"name": office.province} if office.province else ""
        if below and (title := title_below(page, below)):
            return Card(page.pk, title, page.title, owner, below)
        title = _("Administrative procedures") if page.depth <= HOME_DEPTH else page.title
    return Card(page.pk, title, label, owner)


def picture_of(request: HttpRequest, page: PortalPage | None) -> Picture | None:
    """Return the picture of a page; where it is none of the tree, that of the home page."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    shown: Page = page if page is not None and page.pk else site.root_page
    said = shared(shown)
    if said.image is not None and (own := _own_picture(request, said)):
        return own
    below = _below(request, page) if page is not None and page.pk else ""
    drawn_card = card(shown, said.label, ProvinceSettings.for_request(request), below)
    url = request.build_absolute_uri(drawn_card.path)
    alt = drawn_card.title if drawn_card.below else drawn_card.label or drawn_card.title
    return Picture(url, *SIZE, alt=alt)


def _below(request: HttpRequest, page: PortalPage) -> str:
    """Return where below its page an address is, "" for the page itself."""
    return request.path.removeprefix(page.get_url(request) or request.path)


def _own_picture(request: HttpRequest, said: Shared) -> Picture | None:
    try:
        made = said.image.get_rendition(OWN_PICTURE)
    except OSError:  # the file of the original is lost
        return None
    url = request.build_absolute_uri(made.url)
    return Picture(url, made.width, made.height, said.image_alt or said.image.title)


@require_safe
def picture(request: HttpRequest, page_id: str, key: str, below: str = "") -> HttpResponse:
    """Answer with the drawn picture of a page that all may see, made on first demand.

    It says what the page says, never what the address says; an address of before leads to the one of now.
    """
    pages = PortalPageQuerySet(Page).visible().filter(pk=page_id, depth__gte=HOME_DEPTH)
    found = pages.specific().first()
    if found is None:
        raise Http404
    drawn_card = card(found, shared(found).label, ProvinceSettings.for_request(request), below)
    if drawn_card.key != key:
        return redirect(drawn_card.path)
    png = cache.get_or_set(f"home.sharing:{key}", lambda: drawn(drawn_card), DAY)
    return HttpResponse(
        png,
        content_type="image/png",
        headers={"Cache-Control": f"public, max-age={YEAR}, immutable"},
    )
