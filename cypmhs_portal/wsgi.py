"""The web application for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cypmhs_portal.settings")
# Whatever loads this module serves people, so the settings must hold for production unless it is the demo.
os.environ.setdefault("PORTAL_PRODUCTION", "1")

application = get_wsgi_application()
