"""The web application for gunicorn."""

import os

import django

from cypmhs_portal.plain_requests import PortalHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cypmhs_portal.settings")
# Whatever loads this module serves people, so the settings must hold for production unless it is the demo.
os.environ.setdefault("PORTAL_PRODUCTION", "1")

django.setup(set_prefix=False)
application = PortalHandler()
