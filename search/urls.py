"""Addresses of the search, in every language; the API has its own (`search.api`)."""

from django.urls import path

from search import views

urlpatterns = [
    path("tim-kiem/", views.results, name="search"),
    path("goi-y/", views.suggest, name="suggest"),
]
