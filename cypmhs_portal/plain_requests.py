"""Requests as they come in, whatever their headers say."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class PlainRequest(WSGIRequest):
    """A request whose Content-Type cannot be read has none, and every body is read as UTF-8, as every page asks."""

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]  # Django's own, not in its stubs
        except ValueError:
            self.content_type, self.content_params = "", {}
        self.content_params = {name: value for name, value in (self.content_params or {}).items() if name != "charset"}
        self._encoding = None  # What Django calls the default: UTF-8.


class PortalHandler(WSGIHandler):
    """Django's handler with such requests."""

    request_class = PlainRequest
