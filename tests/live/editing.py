"""What an editor does in the admin's own forms."""

from typing import Any

from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.models import HomePage, InformationPage

PUBLISH = {"action-publish": "1"}
SUBMIT = {"action-submit": "1"}


def form(title: str, **fields: Any) -> dict[str, Any]:
    """Return the form of a page of information, filled in."""
    empty = {
        "slug": "",
        "lead": "",
        "updated_on": "",
        "body": streamfield([]),
        "comments": inline_formset([]),
    }
    return dict(nested_form_data({"title": title, "go_live_at": "", "expire_at": ""} | empty | fields))


def create(client: Client, title: str, **fields: Any) -> InformationPage:
    """Add a page below the home page, as a draft unless `fields` say more."""
    address = f"/admin/pages/add/home/informationpage/{HomePage.objects.get().pk}/"
    response = client.post(address, form(title, **fields))
    assert response.status_code == 302, response.context["form"].errors
    return InformationPage.objects.get(title=title)


def publish(client: Client, page: InformationPage, title: str) -> None:
    """Publish a page under a new title."""
    data = form(title, slug=page.slug, **PUBLISH)
    assert client.post(f"/admin/pages/{page.pk}/edit/", data).status_code == 302


def unpublish(client: Client, page: Page) -> None:
    assert client.post(f"/admin/pages/{page.pk}/unpublish/").status_code == 302


def delete(client: Client, page: Page) -> None:
    assert client.post(f"/admin/pages/{page.pk}/delete/").status_code == 302


def publish_together(client: Client, pages: list[Page]) -> None:
    """Publish many pages by one bulk action."""
    ids = "&".join(f"id={page.pk}" for page in pages)
    response = client.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&{ids}")
    assert response.status_code == 302
