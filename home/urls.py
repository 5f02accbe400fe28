"""Addresses of `home` that no page in the tree has."""

from django.urls import URLPattern, path, re_path

from home import accessibility, gallery, sharing
from home.furniture import clicks

urlpatterns: list[URLPattern] = [
    path("tro-nang/", accessibility.statement, name="accessibility"),
    path("bieu-ngu/<int:banner_id>/", clicks.follow, name="banner"),
    path("_components/", gallery.gallery, name="gallery"),
    re_path(
        r"^chia-se/(?P<page_id>\d{1,18})/(?P<below>(?:[-\w]{1,100}/){0,2})(?P<key>[0-9a-f]{16})\.png$",
        sharing.picture,
        name="sharing_picture",
    ),
]
