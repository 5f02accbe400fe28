"""The short address by the code: on papers and in QR codes, whatever a page is called later."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, RequestFactory

from procedures.short_address import short_address
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("below", ["", "chuan-bi/", "niem-yet/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_papers_hold_after_a_rename(client: Client, tree: factories.Tree, below: str, language: str) -> None:
    page = factories.procedure(code="9.123456", code_suffix="000.00.00.H34")
    page.slug = "ten-moi"
    page.save_revision().publish()
    response = client.get(f"{language}/thu-tuc/9.123456.000.00.00.H34/{below}?case=1&version=ABC123")
    assert response.status_code == 302
    to = urlsplit(response["Location"])
    assert to.path == f"{language}/thu-tuc/ten-moi/{below}"
    assert parse_qs(to.query) == ({"case": ["1"], "version": ["ABC123"]} if below else {})


def test_a_code_of_another_form_has_the_long_one(rf: RequestFactory, tree: factories.Tree) -> None:
    request = rf.get("/")
    page = factories.procedure(code="9.123456")
    odd = factories.procedure(code="mã lạ")
    assert short_address(request, page, "chuan-bi/") == "http://testserver/thu-tuc/9.123456/chuan-bi/"
    assert short_address(request, odd) == f"http://testserver{odd.url}"
