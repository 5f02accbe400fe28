"""Addresses of `home` that no page in the tree has."""

from django.urls import URLPattern, path

from home import accessibility, gallery

urlpatterns: list[URLPattern] = [
    path("tro-nang/", accessibility.statement, name="accessibility"),
    path("_components/", gallery.gallery, name="gallery"),
]
