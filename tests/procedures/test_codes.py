"""The short address of a procedure: its code, with the suffix of an office or without."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

VARIANT = "9.111111.000.00.00.H34"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("9.111111", "base"),
        (VARIANT, "variant"),
        ("9.111111.000.00.00.H48", "base"),  # a suffix that no page has
        ("C08_XPHCDB", "odd"),
    ],
)
def test_a_code_leads_to_its_own_page(client: Client, asked: str, found: str) -> None:
    pages = {
        "variant": factories.procedure(code="9.111111", code_suffix="000.00.00.H34"),
        "base": factories.procedure(code="9.111111"),
        "odd": factories.procedure(code="C08_XPHCDB"),
    }
    response = client.get(f"/thu-tuc/{asked}/")
    assert (response.status_code, response.headers["Location"]) == (302, pages[found].get_url())


def test_a_tail_that_is_no_suffix_is_not_found(client: Client) -> None:
    factories.procedure(code="9.111111")
    assert client.get("/thu-tuc/9.111111.x/").status_code == 404
