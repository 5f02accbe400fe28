"""Private pages: no cache keeps them, nothing of them is said to strangers, and no login leads elsewhere."""

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from home.models import InformationPage
from tests import factories

pytestmark = pytest.mark.django_db

LOGIN, GROUPS, PASSWORD = (
    PageViewRestriction.LOGIN,
    PageViewRestriction.GROUPS,
    PageViewRestriction.PASSWORD,
)


def restrict(page: Page, kind: str) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="mo-cua")
    if kind == GROUPS:
        restriction.groups.add(Group.objects.get(name="Editors"))
    return restriction


@pytest.fixture
def inner(tree: factories.Tree) -> InformationPage:
    """Return a page below one that a test makes private."""
    outer = factories.information("Nội bộ quagga", slug="noi-bo")
    return factories.publish(
        InformationPage(title="Họp quagga", slug="hop", lead="quagga", search_description="quagga"), outer
    )


@pytest.mark.parametrize("kind", [LOGIN, GROUPS, PASSWORD])
def test_case_2_a_private_page_tells_strangers_and_caches_nothing(
    kind: str, client: Client, inner: InformationPage
) -> None:
    restrict(inner.get_parent(), kind)
    for address in (inner.url, f"/en{inner.url}"):
        response = client.get(address)
        assert response.status_code == (200 if kind == PASSWORD else 302)
        assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
        assert "Cookie" in response.headers["Vary"]
        assert "quagga" not in re.sub(r'value="[^"]*"', "", response.content.decode())


@pytest.mark.parametrize("kind", [LOGIN, GROUPS, PASSWORD])
def test_case_2_who_may_see_a_private_page_sees_it_and_no_cache_does(
    kind: str, client: Client, inner: InformationPage
) -> None:
    restriction = restrict(inner.get_parent(), kind)
    client.force_login(factories.administrator())
    if kind == PASSWORD:
        address = f"/_util/authenticate_with_password/{restriction.pk}/{inner.pk}/"
        client.post(address, {"password": "mo-cua", "return_url": inner.url})
    response = client.get(inner.url)
    assert "Họp quagga" in response.content.decode()
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert "Cookie" in response.headers["Vary"]


def test_case_2_an_alias_is_as_private_as_its_source(client: Client, inner: InformationPage) -> None:
    alias = inner.create_alias(parent=factories.Tree.load().home, update_slug="khac")
    below = factories.publish(InformationPage(title="Dưới"), alias)
    assert InformationPage.objects.visible().filter(pk__in=[alias.pk, below.pk]).count() == 2
    restrict(inner, LOGIN)
    assert client.get(alias.url).status_code == client.get(below.url).status_code == 302
    assert not InformationPage.objects.visible().filter(pk__in=[alias.pk, below.pk]).exists()


@pytest.mark.parametrize("live", [True, False])
def test_the_password_form_says_nothing_of_any_page(
    live: bool, client: Client, inner: InformationPage
) -> None:
    """Wagtail's form takes the id of any page, of a draft too."""
    restriction = restrict(factories.information("Khác"), PASSWORD)
    Page.objects.filter(pk=inner.pk).update(live=live)
    address = f"/_util/authenticate_with_password/{restriction.pk}/{inner.pk}/"
    for response in (client.get(address), client.post(address, {"password": "sai", "return_url": "/"})):
        assert "quagga" not in response.content.decode()
    assert client.get(f"/_util/authenticate_with_password/{restriction.pk}/1/").status_code == 200


def test_an_open_page_is_the_same_for_an_editor(client: Client, inner: InformationPage) -> None:
    addresses = ["/", inner.url, factories.procedure().url, factories.decision().url, "/tin-tuc/"]
    seen = {address: client.get(address) for address in addresses}
    client.force_login(factories.administrator())
    for address, before in seen.items():
        response = client.get(address)
        assert response.content == before.content, address
        assert not response.cookies, address
        assert response.headers.get("Vary") == before.headers.get("Vary"), address


def test_the_login_for_private_pages(client: Client, inner: InformationPage) -> None:
    restrict(inner.get_parent(), LOGIN)
    response = client.get(inner.url, follow=True)
    html = response.content.decode()
    assert re.search(r"<title>\S.* – Minh Bạch</title>", html)
    assert f'<input type="hidden" name="next" value="{inner.url}">' in html
    assert html.count("<h1") == 1
    factories.administrator("can-bo")
    sent = {"username": "can-bo", "password": "sai", "next": inner.url}
    wrong = client.post("/_util/login/", sent)
    assert 'role="alert"' in wrong.content.decode()
    assert "sai" not in re.findall(r'value="([^"]*)"', wrong.content.decode())
    right = client.post("/_util/login/", sent | {"password": "mat-khau-thu"}, follow=True)
    assert "Họp quagga" in right.content.decode()


def next_values(shared_dir: Path) -> list[str]:
    lines = (shared_dir / "field" / "inputs" / "29-next-values.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line.strip()]


@pytest.mark.shared
def test_case_29_logins_and_passwords_lead_only_to_our_own_site(
    client: Client, inner: InformationPage, shared_dir: Path
) -> None:
    page = factories.information("Khác")
    restriction = restrict(page, PASSWORD)
    factories.administrator("can-bo")
    login = {"username": "can-bo", "password": "mat-khau-thu"}
    values = next_values(shared_dir)
    assert len(values) == 16
    ours = 0
    for raw in values:
        for value in dict.fromkeys([raw, unquote(raw)]):
            for address, sent in (
                (
                    f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/",
                    {"password": "mo-cua", "return_url": value},
                ),
                ("/_util/login/", {**login, "next": value}),
                ("/admin/login/", {**login, "next": value}),
            ):
                client.logout()
                response = client.post(address, sent)
                assert response.status_code in (200, 302), (address, value)
                location = response.headers.get("Location", "/")
                assert not re.search(r"[\\\x00-\x20]", location), (address, value)
                where = urlsplit(urljoin(f"http://testserver{address}", location))
                assert (where.scheme, where.netloc) == ("http", "testserver"), (address, value)
                assert "Set-Cookie" not in response.headers
                ours += where.path.startswith("/tim-kiem")
    assert ours >= 6


def test_case_29_what_is_no_address_of_ours_leads_home(client: Client, inner: InformationPage) -> None:
    factories.administrator("can-bo")
    sent = {"username": "can-bo", "password": "mat-khau-thu", "next": "https://example.net/"}
    assert client.post("/_util/login/", sent).headers["Location"] == "/"


def test_case_29_the_language_comes_from_the_address_alone(client: Client, tree: factories.Tree) -> None:
    html = client.get("//example.net/").content.decode()
    assert 'href="//example.net' not in html
    assert 'href="/en//example.net' not in html
    assert (
        client.post("/i18n/setlang/", {"language": "en", "next": "https://example.net/"}).status_code == 404
    )
