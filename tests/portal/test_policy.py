"""What every answer tells browsers: a strict policy for readers, no cookie, and what editors need apart."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests import factories

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
}
LISTS = (
    "/",
    "/thu-tuc/",
    "/quyet-dinh/",
    "/tin-tuc/",
    "/tim-kiem/",
    "/tim-kiem/nhieu-nguoi-tim/",
    "/api/v1/docs",
    "/khong-co/",
)


@pytest.fixture
def addresses(tree: factories.Tree) -> list[str]:
    """Return the address of a page of each type, in both languages where it has both."""
    pages = [factories.procedure(), factories.decision(), factories.article(), factories.information()]
    private = factories.information("Riêng tư")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    found = [*LISTS, *(page.url for page in pages)]
    return [*found, *(f"/en{path}" for path in found if not path.startswith("/api/"))]


def test_readers_get_the_strict_policy_and_no_cookie(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        response = client.get(address)
        assert set(response["Content-Security-Policy"].split("; ")) == STRICT, address
        assert "camera=()" in response["Permissions-Policy"], address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["Referrer-Policy"] == "strict-origin-when-cross-origin", address
        assert response["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert response["X-Frame-Options"] == "SAMEORIGIN", address
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address


def test_what_is_no_page_has_the_policy_too(client: Client, tree: factories.Tree) -> None:
    for address in ("/robots.txt", "/sitemap.xml", "/tin-tuc.atom", "/goi-y/?q=a", "/api/v1/search"):
        assert "default-src 'none'" in client.get(address)["Content-Security-Policy"], address


def test_the_editors_side_has_a_policy_of_its_own(client: Client, tree: factories.Tree) -> None:
    client.force_login(factories.administrator())
    policy = client.get("/admin/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in client.get("/administrator/")["Content-Security-Policy"]
    assert "unsafe" not in client.get("/")["Content-Security-Policy"]


def test_only_what_needs_a_cookie_sets_one(client: Client, tree: factories.Tree) -> None:
    article = factories.article()
    assert set(client.get(f"/danh-gia/{article.pk}/").cookies) == {"csrftoken"}


def test_a_page_is_sent_compressed_and_once(client: Client, tree: factories.Tree) -> None:
    first = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    again = client.get("/", headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    factories.article()
    assert client.get("/", headers={"If-None-Match": first["ETag"]}).status_code == 200
