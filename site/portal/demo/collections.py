"""The demo's collections: what is collected by itself."""

from home.models import CollectionPage, HomePage
from portal.demo.catalogue import items


def load() -> int:
    """Publish those that are missing below the home page; return how many."""
    new = [item for item in items("collections") if not CollectionPage.objects.filter(slug=item["slug"])]
    for item in new:
        page = CollectionPage(**item)
        HomePage.objects.get().add_child(instance=page)
        page.save_revision().publish()
    return len(new)
