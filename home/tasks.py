"""Work of the worker for all pages: publish what is due, take down what has expired."""

from celery import shared_task

from home.scheduling import run_schedule


@shared_task
def publish_scheduled() -> None:
    """Publish pages whose time has come and take down those whose time is over: by beat, every minute."""
    run_schedule()
