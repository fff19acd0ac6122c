"""What holds for every answer to a person who is signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class PrivateAnswersMiddleware:
    """No browser or proxy keeps a page that was made for somebody signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add `Cache-Control: no-store` where the session was used."""
        response = self.get_response(request)
        if request.session.accessed and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response
