"""Work of the worker for all pages: publish what is due, take down what has expired."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled() -> None:
    """Publish pages whose time has come and unpublish those whose time is over (Wagtail's own command)."""
    call_command("publish_scheduled")
