"""What holds for every request and for every answer."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase

from contracts.api.problems import is_of_api, problem

NUL = "The address holds a character that no address may hold (NUL). Send it without."


class PlainAddressesMiddleware:
    """An address with a NUL in it is nobody's: the database refuses such text, so it is answered before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """400 for a NUL in the path or in the query, however written."""
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "\0" in query or "%00" in query:
            return problem(HTTPStatus.BAD_REQUEST, NUL) if is_of_api(request) else HttpResponseBadRequest(NUL)
        return self.get_response(request)


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
