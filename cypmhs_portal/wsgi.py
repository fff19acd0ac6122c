"""The web application for gunicorn."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cypmhs_portal.settings")
# Whatever loads this module serves people, so the settings must hold for production unless it is the demo.
os.environ.setdefault("PORTAL_PRODUCTION", "1")


class PlainRequest(WSGIRequest):
    """A request whose Content-Type cannot be read has none, and is answered as any other."""

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # Django's own, not in its stubs
        except ValueError:
            self.content_type, self.content_params = "", {}


class PortalHandler(WSGIHandler):
    """Django's handler with such requests."""

    request_class = PlainRequest


django.setup(set_prefix=False)
application = PortalHandler()
