"""The WSGI application that gunicorn serves."""

import os

import django

from portal.handling import Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

django.setup(set_prefix=False)

application = Handler()
