"""Work of the worker for the furniture: bring the counts of visits into the database."""

import logging

from celery import shared_task

from home.furniture import visits
from home.furniture.line import Away

logger = logging.getLogger(__name__)


@shared_task(name="home.tasks.keep_visits")
def keep_visits() -> None:
    """Bring the database up to what Redis has counted: by beat, every minute."""
    try:
        visits.keep()
    except Away:
        logger.info("Redis is away; it keeps its counts.")
