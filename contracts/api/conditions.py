"""Answers that the client holds already: an ETag on each that is read, 304 where it comes back (RFC 9110 §13)."""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag

from contracts.api.problems import problem

READ = frozenset({"GET", "HEAD"})
CHANGED = "What is there is not what If-Match names. Read it again without that header."


def answer_if_changed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its ETag; 304 without a body where If-None-Match names it, 412 where If-Match does not."""
    if response.status_code != HTTPStatus.OK or request.method not in READ or response.streaming:
        return response
    if not response.has_header("ETag"):
        response = set_response_etag(response)
    found = get_conditional_response(
        request,
        etag=response.headers["ETag"],
        response=response,  # type: ignore[arg-type]  # the stubs ask for an HttpResponse, Django for any answer
    )
    assert found is not None  # it is the response itself where no condition holds
    if found.status_code == HTTPStatus.PRECONDITION_FAILED:
        return problem(HTTPStatus.PRECONDITION_FAILED, CHANGED)
    return found
