"""Settings with the pages that only developers see."""

from portal.settings.test import *  # noqa: F403

DEBUG = True
