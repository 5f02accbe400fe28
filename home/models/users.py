"""The people who edit the portal; a reader has no account."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Django's user, ours from the first migration so that it can grow."""
