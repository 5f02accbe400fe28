"""The one predicate for what the public may see: restrictions, aliases and depth."""

import pytest
from wagtail.models import Page, PageViewRestriction

from home import querysets
from home.models import InformationPage
from home.querysets import PortalPageQuerySet
from tests import factories


def visible(page: Page) -> bool:
    return PortalPageQuerySet(Page).visible().filter(pk=page.pk).exists()


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def chain(length: int) -> list[InformationPage]:
    """Return pages, each below the one before."""
    pages = [factories.information("Một")]
    while len(pages) < length:
        pages.append(factories.publish(InformationPage(title=f"Trang {len(pages)}"), pages[-1]))
    return pages


@pytest.mark.parametrize("restricted", [0, 3, 11])
def test_a_restriction_holds_for_all_below(tree: factories.Tree, restricted: int) -> None:
    pages = chain(12)
    other = factories.information("Khác")
    restriction = restrict(pages[restricted])
    assert [visible(page) for page in pages] == [place < restricted for place in range(len(pages))]
    assert visible(other)
    restriction.delete()
    assert all(map(visible, pages))


def test_deeper_than_it_looks_a_page_counts_as_private_where_anything_is(tree: factories.Tree) -> None:
    page, other = factories.information("Một"), factories.information("Hai")
    Page.objects.filter(pk=page.pk).update(depth=querysets.LEVELS + 1)
    assert visible(page)
    restrict(other)
    assert not visible(page)


def test_an_alias_is_as_private_as_its_source_and_so_is_an_alias_of_it(tree: factories.Tree) -> None:
    source = factories.information("Nguồn")
    alias = source.create_alias(update_slug="mot")
    second = alias.create_alias(update_slug="hai")
    third = second.create_alias(update_slug="ba")
    assert visible(alias) and visible(second) and visible(third)
    restrict(source)
    assert not any(map(visible, (source, alias, second, third)))


def test_all_is_private_below_a_private_home(tree: factories.Tree) -> None:
    page = factories.information("Một")
    restriction = restrict(tree.home)
    assert not any(map(visible, (page, tree.home, tree.procedures)))
    restriction.delete()
    assert visible(page) and visible(tree.home)


def test_a_page_whose_path_only_begins_alike_is_another(tree: factories.Tree) -> None:
    first, second = factories.information("Một"), factories.information("Hai")
    restrict(first)
    assert not visible(first) and visible(second)


def test_it_can_be_asked_within_other_queries(tree: factories.Tree) -> None:
    page, private = factories.information("Một"), factories.information("Hai")
    restrict(private)
    seen = PortalPageQuerySet(InformationPage).visible().values("pk")
    assert list(InformationPage.objects.filter(pk__in=seen)) == [page]
    assert set(InformationPage.objects.exclude(pk__in=seen)) == {private}
