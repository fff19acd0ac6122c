"""Everything that goes wrong, as problem details (RFC 9457): one form for every answer of the API that is an error."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.exceptions import APIException

CONTENT_TYPE = "application/problem+json"
API = "/api/"
DOCUMENTED_AT = "/api/docs/#problem-"

logger = logging.getLogger(__name__)


class Problem(APIException):
    """An answer that says what was found, what was expected and how to put it right."""

    def __init__(self, status: HTTPStatus, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status_code = status.value
        self.more = more


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """An answer with the members of RFC 9457 §3; `more` are further members, such as `errors`."""
    title = HTTPStatus(status).phrase
    body = {"type": f"{DOCUMENTED_AT}{status}", "title": title, "status": status, "detail": detail, **more}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def as_problem(error: Exception, _context: dict[str, Any]) -> HttpResponse:
    """The answer to whatever an operation raised; what nobody expected is logged, and told as such."""
    if isinstance(error, Http404):
        return problem(HTTPStatus.NOT_FOUND, str(error) or NOT_THERE)
    if isinstance(error, PermissionDenied):
        return problem(HTTPStatus.FORBIDDEN, str(error) or "This is not for this client.")
    if isinstance(error, RequestDataTooBig):
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than this operation takes.")
    if isinstance(error, APIException):
        return _of_framework(error)
    logger.exception("An operation of the API failed.", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)


NOT_THERE = "There is no such thing, or this client has no part in it."
FAILED = "The portal failed at this. It has been logged; nothing was half done. Try again in a while."


def _of_framework(error: APIException) -> HttpResponse:
    more = error.more if isinstance(error, Problem) else {}
    if isinstance(error, exceptions.ValidationError):
        detail = "Something that was asked for cannot be. Each is named, with what would be understood."
        return problem(error.status_code, detail, errors=_errors_in(error.detail))
    answer = problem(error.status_code, str(error.detail), **more)
    wait = getattr(error, "wait", None)
    if wait is not None:
        answer["Retry-After"] = str(max(1, round(wait)))
    header = getattr(error, "auth_header", None)
    if header:
        answer["WWW-Authenticate"] = header
    return answer


def _errors_in(detail: Any) -> list[dict[str, str]]:
    return [
        {"name": str(name), "detail": str(sentence)}
        for name, sentences in dict(detail).items()
        for sentence in (sentences if isinstance(sentences, list) else [sentences])
    ]


def is_of_api(request: HttpRequest) -> bool:
    """Whether an address is one that systems ask, so that even what is not there is answered as a problem."""
    return request.path.startswith(API) and not request.path.startswith("/api/docs")
