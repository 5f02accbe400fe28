"""Old addresses: a redirect holds in every language, leads only to what all may see, never to itself."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_slug_change
from wagtail.models import Page
from wagtail.signals import page_slug_changed

from home.querysets import PortalPageQuerySet
from home.templatetags.home_tags import in_language


class OldAddressMiddleware(RedirectMiddleware):
    """Wagtail's, for addresses in several languages.

    Wagtail notes the old address of a moved page in the language of the editor who moved it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Lead from an address that is no more to where its page is now."""
        if response.status_code != 404:
            return response
        redirect = _redirect(request)
        if redirect is None or not _may_be_told(redirect):
            return response
        if not redirect.link or urlsplit(redirect.link).path == request.path:
            return response
        answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        return answer(redirect.link)


def listen() -> None:
    """Note the old addresses of public pages alone, where Wagtail notes one at each save of a draft."""
    page_slug_changed.disconnect(autocreate_redirects_on_slug_change)
    page_slug_changed.connect(renamed)


def renamed(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """Note where a page was, if the public can have been there."""
    if instance_before.first_published_at:
        autocreate_redirects_on_slug_change(instance_before, instance)


def _redirect(request: HttpRequest) -> Redirect | None:
    """Return the redirect of an address: with its query if there is one such, in whatever language."""
    whole = request.get_full_path()
    for address in dict.fromkeys([whole, urlsplit(whole).path]):
        for code, _name in settings.LANGUAGES:
            path = Redirect.normalise_path(in_language(address, code), decode_unicode=False)
            if redirect := get_redirect(request, path):
                return redirect
    return None


def _may_be_told(redirect: Redirect) -> bool:
    """Tell whether the public may see where it leads: the address of a hidden page says what it is."""
    page = redirect.redirect_page_id
    return page is None or PortalPageQuerySet(Page).visible().filter(pk=page).exists()
