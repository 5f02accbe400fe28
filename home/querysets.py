"""The one predicate for "may the public see this", and the manager that every page type has."""

from typing import Self

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import PageManager as WagtailPageManager
from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


class PortalPageQuerySet(PageQuerySet):
    """Pages, in the words of the portal."""

    def visible(self) -> Self:
        """Live, within its dates, and under no view restriction of its own or of a page above it.

        One EXISTS on the path, whatever the number of restrictions: Wagtail's own `public()`
        makes a term for each of them and dies on SQLite at about a thousand.
        """
        own_path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        restricted = PageViewRestriction.objects.annotate(own_path=own_path).filter(
            own_path__startswith=F("page__path")
        )
        return self.filter(
            Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()), ~Exists(restricted), live=True
        )


PortalPageManager = WagtailPageManager.from_queryset(PortalPageQuerySet)
