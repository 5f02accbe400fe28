"""The index follows what is done in the admin, by the requests that a browser sends."""

from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home import recycling
from home.models import BinnedPage, InformationPage
from tests import factories
from tests.search.conftest import Search, titles


def bulk(admin: Client, action: str, *pages: Page, **data: object) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = urlencode([("id", page.pk) for page in pages] + [("next", "/admin/")])
    assert admin.post(f"{address}?{query}", data).status_code == 302


def form(page: InformationPage, **data: object) -> dict[str, object]:
    """Return what the editor of a page sends."""
    texts = {"title": page.title, "slug": page.slug, "lead": page.lead, "updated_on": ""}
    return nested_form_data(texts | {"body": streamfield([])} | data)


def test_bulk_actions(search: Search, admin: Client) -> None:
    pages = [factories.information(f"zebra {name}") for name in ("một", "hai", "ba")]
    below = factories.publish(InformationPage(title="zebra dưới"), pages[0])
    target = factories.information("Đích")
    bulk(admin, "unpublish", *pages[:2], include_descendants="on")
    assert titles(search("zebra")) == ["zebra ba"]
    bulk(admin, "publish", *pages[:2], include_descendants="on")
    assert search("zebra").total == 4
    bulk(admin, "move", *pages[:2], chooser=target.pk)
    assert {result.url for result in search("zebra").results} == {
        "/dich/zebra-mot/",
        "/dich/zebra-mot/zebra-duoi/",
        "/dich/zebra-hai/",
        "/zebra-ba/",
    }
    bulk(admin, "delete", pages[0], pages[2])
    assert titles(search("zebra")) == ["zebra hai"]
    assert not Page.objects.get(pk=below.pk).live
    recycling.restore(BinnedPage.objects.get(page=pages[0]), None)  # with what lies below
    assert set(titles(search("zebra"))) == {"zebra dưới", "zebra hai", "zebra một"}


def test_an_old_version_that_is_published_again(search: Search, admin: Client) -> None:
    page = factories.information("zebra")
    first = page.get_latest_revision()
    page.title = "quagga"
    page.save_revision().publish()
    assert (search("zebra").total, search("quagga").total) == (0, 1)
    looked = admin.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]))
    assert looked.status_code == 200
    assert search("zebra").total == 0
    old = first.as_object()
    data = form(old, revision=first.pk) | {"action-publish": "1"}
    assert admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    assert (search("zebra").total, search("quagga").total) == (1, 0)


def test_editing_publishing_and_moving_by_hand(search: Search, admin: Client) -> None:
    page, target = factories.information("zebra"), factories.information("Đích")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin.post(edit, form(page, lead="quagga")).status_code == 302
    assert search("quagga").total == 0
    assert (
        admin.post(edit, form(page, lead="quagga", slug="khac") | {"action-publish": "1"}).status_code == 302
    )
    assert [result.url for result in search("quagga").results] == ["/khac/"]
    admin.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    assert [result.url for result in search("quagga").results] == ["/dich/khac/"]
    admin.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert search("quagga").total == 0
    admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert BinnedPage.objects.filter(page=page.pk).exists()
    assert search("quagga").total == 0


def test_privacy_set_and_lifted(search: Search, admin: Client) -> None:
    parent = factories.information("zebra cha")
    factories.publish(InformationPage(title="zebra dưới"), parent)
    address = reverse("wagtailadmin_pages:set_privacy", args=[parent.pk])
    for kind, total in (("login", 0), ("password", 0), ("none", 2)):
        data = {"restriction_type": kind, "password": "mat-khau-thu"}
        assert admin.post(address, data).status_code == 200
        assert search("zebra").total == total
