"""The Django project: it wires the content apps, the search and their services together."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
