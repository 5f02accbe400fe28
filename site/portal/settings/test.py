"""The tests: as `dev`, with an index of their own and quick password hashing."""

from portal.settings.dev import *  # noqa: F403

SEARCH_INDEX = f"test-{SEARCH_INDEX}"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SEARCH_TIMEOUT = 10.0  # on a busy machine a test finds what there is, and nothing degraded
SEARCH_LEXICON_SECONDS = -1.0  # each search sees what a test has just changed
