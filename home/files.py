"""Pictures and documents: their addresses ask who may see the collection, and tell caches."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as serve_document
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.users.models import UserProfile

from home.models import PortalRendition
from home.pictures import avatars  # noqa: F401  the form of what is served here, too

LONGEST_ID: Final = 18
AVATARS: Final = "avatar_images/"
"""Where Wagtail puts the pictures of its users."""
HOUR: Final = 3600
"""Seconds for which anyone may keep an open picture: one made private is out of all caches by then."""


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve a picture in one of its sizes by the name of its file, to those who may see its collection.

    Whatever else there is, originals and documents, has no address here. The picture of a person who works
    here is for those who work here.
    """
    if name.startswith(AVATARS):
        return _avatar(request, name)
    files = PortalRendition.objects.select_related("image__collection")
    found = None if "\0" in name else files.filter(file=name).first()  # PostgreSQL takes no NUL
    if found is None:
        raise Http404
    private = _is_private(found.image)
    refused = check_view_restrictions(found.image, request) if private else None
    response = refused or serve(request, found.file.name, document_root=settings.MEDIA_ROOT)
    return _kept(response, private=private, public=True, max_age=HOUR)


def _avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the picture of an editor to editors."""
    known = "\0" not in name and request.user.has_perm("wagtailadmin.access_admin")
    if not known or not UserProfile.objects.filter(avatar=name).exists():
        raise Http404
    return _kept(serve(request, name, document_root=settings.MEDIA_ROOT), private=True)


@require_safe
def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """Serve a document as Wagtail does, which asks who may see it but tells no cache."""
    if len(document_id) > LONGEST_ID:
        raise Http404
    found = get_object_or_404(get_document_model().objects.select_related("collection"), pk=document_id)
    response = serve_document(request, document_id, document_filename)
    return _kept(response, private=_is_private(found), no_cache=True)


def _is_private(item: Any) -> bool:
    """Tell whether the collection of a picture or a document, or one above it, is not for everyone."""
    return bool(item.collection.get_view_restrictions().exists())


def _kept(response: HttpResponseBase, *, private: bool, **when_open: Any) -> HttpResponseBase:
    """Say who may keep an answer: what is private nobody, a refusal no more than the file."""
    if private:
        patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, ["Cookie"])
    else:
        patch_cache_control(response, **when_open)
    return response
