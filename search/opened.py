"""Which pages people open from the results."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from search.models import OpenedDay

KEPT = timedelta(days=90)


def opened_counts(limit: int) -> dict[int, int]:
    """Return how often pages were opened from the results in 90 days, by their ids, the most opened first."""
    days = OpenedDay.objects.filter(day__gt=timezone.localdate() - KEPT)
    sums = days.values("page_id").annotate(times=Sum("opened")).order_by("-times", "page_id")
    return dict(sums.values_list("page_id", "times")[:limit])
