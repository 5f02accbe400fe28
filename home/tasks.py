"""Work of the worker for all pages: publish what is due, take down what has expired, empty the bin."""

import logging

from celery import shared_task

from home import recycling
from home.furniture.tasks import keep_visits  # noqa: F401  found here by the worker
from home.linkcheck import asking
from home.login import audit
from home.mail import sending
from home.rules import reviewing, telling
from home.scheduling import run_schedule

logger = logging.getLogger(__name__)


@shared_task
def publish_scheduled() -> None:
    """Publish pages whose time has come and take down those whose time is over: by beat, every minute."""
    run_schedule()


@shared_task
def empty_bin() -> None:
    """Delete for good the pages that have lain in the recycle bin for its days: by beat, every night."""
    for reason in recycling.empty():
        logger.error("A page could not be deleted from the recycle bin: %s", reason)


@shared_task
def send_letters() -> None:
    """Put what is due into letters and send those that wait: after each that is written, and every minute."""
    telling.write_letters()
    sending.send_waiting()


@shared_task
def remind_of_reviews() -> None:
    """Tell of the pages whose day of review has come: by beat, every morning."""
    reviewing.remind()


@shared_task
def forget_logins() -> None:
    """Delete what the record of logins keeps no longer: by beat, every night."""
    audit.forget()


@shared_task
def check_links() -> None:
    """Ask some of the links to other sites whether they are still there: by beat, through the night."""
    asking.run()
