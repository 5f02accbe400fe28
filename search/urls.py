"""Addresses of the search, in every language; the API has its own (`search.api`)."""

from django.urls import path

from search import asked_views, file_views, views
from search.feeds import SearchFeed

urlpatterns = [
    path("tim-kiem/", views.results, name="search"),
    path("tim-kiem/muc/", views.values, name="search_values"),
    path("tim-kiem/ket-qua.csv", file_views.csv_file, name="search_csv"),
    path("tim-kiem/ket-qua.xlsx", file_views.xlsx_file, name="search_xlsx"),
    path("tim-kiem/tin.atom", SearchFeed(), name="search_feed"),
    path("tim-kiem/mo/", asked_views.opened, name="search_opened"),
    path("tim-kiem/nhieu-nguoi-tim/", asked_views.popular, name="search_popular"),
    path("goi-y/", views.suggest, name="suggest"),
]
