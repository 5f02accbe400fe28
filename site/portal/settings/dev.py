"""A person's own machine: what `make run` uses. Has the demo logins; listens on loopback only."""

from portal.env import env
from portal.settings.base import *  # noqa: F403

DEBUG = env.bool("DEBUG", default=False)  # shows tracebacks, and every component at /_components/
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=False)  # the demo's passwords are public anyway
DEMO = True  # allows `load_demo` and its well-known logins
SECRET_KEY = "only-for-a-machine-of-ones-own-never-on-a-server"  # noqa: S105
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
