"""What comes in by a file is found as soon as the worker has run."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from elasticsearch import Elasticsearch
from wagtail.models import Page

from procedures.models import ProcedurePage
from search import draining
from tests import factories
from tests.portal.factories_transfer import bring, export
from tests.search.conftest import Search


@pytest.mark.django_db
def test_what_comes_in_is_found(index: Elasticsearch, search: Search, tmp_path: Path) -> None:
    page = factories.procedure("Đăng ký khai sinh", code="9.100001")
    file = export(tmp_path / "nhanh.zip", "/thu-tuc/")
    Page.objects.get(pk=page.pk).delete()
    draining.drain()
    assert not search("khai sinh").total
    bring(file)
    draining.drain()
    call_command("search_index", "check", stdout=StringIO())
    assert search("khai sinh").total == 1
    assert ProcedurePage.objects.get().pk != page.pk
