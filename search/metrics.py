"""How the index is, for Prometheus: read from the database at each scrape, so any web process may answer."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from search import health

NAMES = {
    "waiting": ("minh_bach_outbox_changes", "Changes that the index lacks."),
    "oldest_seconds": ("minh_bach_outbox_oldest_seconds", "Age of the oldest of them."),
    "refused": ("minh_bach_documents_refused", "Pages whose document was refused."),
    "check_seconds": ("minh_bach_check_age_seconds", "Since the last check of the index ended."),
    "check_failed": ("minh_bach_check_failed", "1 if the last check came to no result."),
    "check_left": ("minh_bach_check_pages_left", "Pages that differed when the last check was over."),
    "rebuild_seconds": ("minh_bach_rebuild_age_seconds", "Since the index was last rebuilt."),
    "rebuild_took_seconds": ("minh_bach_rebuild_took_seconds", "How long that took."),
}
DRIFT = ("minh_bach_check_pages_differing", "Pages that the last check found different, before any repair.")
KINDS = ("missing", "stale", "ghosts", "from_the_future")


class HealthCollector(Collector):
    """Makes metrics of the figures; those that nothing is known of are left out."""

    def collect(self) -> Iterator[Metric]:
        """Yield each figure as a gauge."""
        figures = vars(health.read())
        for field, (name, text) in NAMES.items():
            if figures[field] is not None:
                yield GaugeMetricFamily(name, text, value=float(figures[field]))
        drift = GaugeMetricFamily(*DRIFT, labels=["kind"])
        for kind in KINDS:
            drift.add_metric([kind], figures[f"check_{kind}"])
        yield drift


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a scrape that brings the token; to all others there is no such address."""
    token: str = settings.METRICS_TOKEN
    if not token or not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        raise Http404
    registry = CollectorRegistry()
    registry.register(HealthCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
