"""The gallery of components, which only developers see, and the accessibility statement."""

import re

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Site

from home import gallery
from home.gallery_examples import examples
from home.models import ProvinceSettings
from tests import factories

pytestmark = pytest.mark.django_db

COMPONENTS = {path.stem for path in gallery.FOLDER.glob("*.html")}


@pytest.fixture
def shown(client: Client, settings: Settings, tree: factories.Tree) -> str:
    """Return the gallery as a developer sees it."""
    settings.DEBUG = True
    return client.get("/_components/").content.decode()


def test_the_public_has_no_gallery(client: Client, tree: factories.Tree) -> None:
    assert client.get("/_components/").status_code == 404


def test_every_component_stands_in_the_gallery(shown: str) -> None:
    assert set(re.findall(r'<section class="mb-gallery" id="component-(\w+)">', shown)) == COMPONENTS


def test_every_component_has_an_example_and_no_example_is_without_its_component() -> None:
    assert examples().keys() == COMPONENTS


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_every_component_says_what_it_is_for(name: str) -> None:
    assert gallery.about(gallery.FOLDER / f"{name}.html")


def test_no_example_shows_nothing(shown: str) -> None:
    assert not re.search(r'<div class="mb-gallery__look">\s*</div>', shown)


@pytest.mark.parametrize("address", ["/tro-nang/", "/en/tro-nang/"])
def test_the_statement_names_the_level_the_day_and_the_office(
    client: Client, tree: factories.Tree, address: str
) -> None:
    office = {"phone": "0255 3822 822", "email": "hcc@example.vn", "agency_name": "Trung tâm"}
    ProvinceSettings.objects.update_or_create(site=Site.objects.get(), defaults=office)
    html = client.get(address).content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    assert "2.2" in main
    assert "AA" in main
    assert 'href="tel:02553822822"' in main
    assert 'href="mailto:hcc@example.vn"' in main
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d">', main)


def test_the_statement_is_complete_in_vietnamese(client: Client, tree: factories.Tree) -> None:
    """Each sentence has another one in English: none fell back to it."""
    sentences = re.compile(r"<(?:h1|h2|p|li)[^>]*>([^<]{15,})")
    own, english = (
        set(
            sentences.findall(
                client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
            )
        )
        for address in ("/tro-nang/", "/en/tro-nang/")
    )
    assert len(own) > 15
    assert own & english == set()


def test_every_page_leads_to_the_statement(client: Client, tree: factories.Tree) -> None:
    assert 'href="/tro-nang/"' in client.get("/thu-tuc/").content.decode()
    assert 'href="/en/tro-nang/"' in client.get("/en/thu-tuc/").content.decode()


def test_crawlers_find_the_statement_in_both_languages(client: Client, tree: factories.Tree) -> None:
    listed = client.get("/sitemap-accessibility.xml").content.decode()
    assert "<loc>http://testserver/tro-nang/</loc>" in listed
    assert 'href="http://testserver/en/tro-nang/"' in listed
    assert "/sitemap-accessibility.xml" in client.get("/sitemap.xml").content.decode()
