"""1,100 private branches: every door still answers, quickly, and shows none of them."""

import time

import pytest
from django.test import Client
from elasticsearch import Elasticsearch
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from procedures.models import ProcedurePage
from search import draining, verification
from search.breaker import breaker
from search.documents import mark_changed
from tests import factories
from tests.home.factories_branches import PRIVATE, private_branches
from tests.search.conftest import Search

NUMBER = 1100
SECONDS = 2.0
"""Seconds of a processor that a door may take, however busy the machine is; it takes a hundredth."""


@pytest.fixture
def open_page(tree: factories.Tree) -> ProcedurePage:
    """Return an open page beside the private branches."""
    private_branches(NUMBER)
    factories.decision()
    factories.article()
    return factories.procedure()


@pytest.fixture
def built(open_page: ProcedurePage, index: Elasticsearch) -> Elasticsearch:
    """Build the index when the branches are there."""
    return index


def test_1100_private_branches_are_hidden_and_one_of_them_is_opened(
    built: Elasticsearch, open_page: ProcedurePage, search: Search, client: Client, settings: Settings
) -> None:
    assert PageViewRestriction.objects.count() == NUMBER
    assert search("quagga").total == 0
    assert search().total == 3
    doors = {
        "/": 200,
        open_page.url: 200,
        f"/thu-tuc/{open_page.code}/": 302,
        "/thu-tuc/": 200,
        "/thu-tuc/linh-vuc/": 200,
        "/thu-tuc/co-quan/": 200,
        "/quyet-dinh/": 200,
        "/tin-tuc/": 200,
        "/tim-kiem/?q=quagga": 200,
        "/goi-y/?q=rieng": 200,
        "/api/v1/search?q=quagga": 200,
        "/sitemap.xml": 200,
        "/sitemap-informationpage.xml": 200,
        "/thu-tuc.atom": 200,
        "/rieng-7/": 302,
        "/rieng-7/con/": 302,
        "/khong-co/": 404,
    }
    served_by = settings.ELASTICSEARCH_URL
    for servers in (served_by, ["http://127.0.0.1:9"]):
        settings.ELASTICSEARCH_URL = servers
        for address, status in doors.items():
            started = time.process_time()
            response = client.get(address)
            assert time.process_time() - started < SECONDS, address
            assert response.status_code == status, address
            assert PRIVATE not in response.content.decode(), address
            assert status == 302 or "rieng-" not in response.content.decode().replace(address, ""), address
    PageViewRestriction.objects.get(page__slug="rieng-7").delete()
    settings.ELASTICSEARCH_URL = served_by
    breaker.reset()
    assert {result.url for result in search("quagga").results} == {"/rieng-7/", "/rieng-7/con/"}
    assert client.get("/rieng-7/con/").status_code == 200
    assert "/rieng-7/con/" in client.get("/sitemap-informationpage.xml").content.decode()
    mark_changed([page.pk for page in Page.objects.filter(slug__startswith="rieng-")])
    draining.drain()
    assert not verification.compare(built)
