"""Addresses of `home` that no page in the tree has."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
