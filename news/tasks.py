"""Work of the worker for the news."""

from celery import shared_task

from news import drawing
from news.models import ArticlePage


@shared_task
def draw_pictures(page_id: int) -> None:
    """Draw the pictures of an article that is public still."""
    if page := ArticlePage.objects.visible().filter(pk=page_id).first():
        drawing.draw(page)
