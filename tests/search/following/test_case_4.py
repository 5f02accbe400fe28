"""Field case 4: a section with pages below it is moved, renamed, moved back and copied."""

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from home.models import InformationPage
from tests import factories
from tests.search.conftest import Search

NAMES = ("zebra-mot", "zebra-hai", "zebra-ba")


@pytest.fixture
def section(tree: factories.Tree) -> InformationPage:
    """Return section A with three pages."""
    section = factories.information("Mục A")
    for name in NAMES:
        factories.publish(InformationPage(title=name.replace("-", " "), slug=name), section)
    return section


def found(search: Search, client: Client) -> set[str]:
    """Return where the results lead; each opens at once."""
    links = {result.url for result in search("zebra").results}
    for link in links:
        assert client.get(link).status_code == 200
    return links


def old_leads_to_new(client: Client, old: str, new: str) -> None:
    for name in NAMES:
        response = client.get(f"{old}{name}/", follow=True)
        assert response.redirect_chain == [(f"{new}{name}/", 301)]
        assert response.status_code == 200


def test_case_4_a_section_that_is_moved_renamed_moved_back_and_copied(
    search: Search,
    section: InformationPage,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    tree: factories.Tree,
) -> None:
    target = factories.information("Mục B")

    def now() -> InformationPage:
        return InformationPage.objects.get(pk=section.pk)

    now().move(target, pos="last-child")
    assert found(search, client) == {f"/muc-b/muc-a/{name}/" for name in NAMES}
    old_leads_to_new(client, "/muc-a/", "/muc-b/muc-a/")

    page = now()
    page.slug = "ten-moi"
    with django_capture_on_commit_callbacks(execute=True):  # Wagtail makes redirects after the commit
        page.save_revision().publish()
    assert found(search, client) == {f"/muc-b/ten-moi/{name}/" for name in NAMES}
    for old in ("/muc-a/", "/muc-b/muc-a/"):
        old_leads_to_new(client, old, "/muc-b/ten-moi/")

    tree.home.refresh_from_db()
    now().move(tree.home, pos="last-child")
    page = now()
    page.slug = "muc-a"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert found(search, client) == {f"/muc-a/{name}/" for name in NAMES}  # which lead to no other
    for old in ("/muc-b/muc-a/", "/muc-b/ten-moi/", "/ten-moi/"):
        old_leads_to_new(client, old, "/muc-a/")

    now().copy(recursive=True, update_attrs={"slug": "ban-sao"}, keep_live=False)
    assert found(search, client) == {f"/muc-a/{name}/" for name in NAMES}
    assert client.get(f"/ban-sao/{NAMES[0]}/").status_code == 404
    now().copy(recursive=True, update_attrs={"slug": "ban-sao-2"})
    assert found(search, client) == {f"/{top}/{name}/" for top in ("muc-a", "ban-sao-2") for name in NAMES}
