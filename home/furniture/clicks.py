"""The address that a banner leads through: it counts readers, and leads to where the banner does."""

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.furniture.readers import is_reader
from home.models import Banner


@never_cache
@require_safe
def follow(request: HttpRequest, banner_id: int) -> HttpResponse:
    """Lead on; who opened the home page before the last day ended still gets there, and is not counted."""
    banner = get_object_or_404(Banner.objects.begun().leading(), pk=banner_id)
    page = banner.link_page
    target = banner.link_url or (page and page.get_url(request))
    if not target:
        raise Http404  # a page that is in no site
    if is_reader(request):
        Banner.objects.current().filter(pk=banner.pk).update(clicks=F("clicks") + 1)
    response = HttpResponseRedirect(target, content_type="text/plain")  # it shows nothing
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
