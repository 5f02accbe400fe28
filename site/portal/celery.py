"""The Celery application: `celery -A portal worker`, with `site/` on PYTHONPATH."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def look_at_the_mapping(**kwargs: Any) -> None:
    """Have the log say so if the index was built by code with another mapping."""
    from search import starting  # which needs the apps

    starting.warn_in_background()
