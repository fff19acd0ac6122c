"""Everything that goes wrong, as problem details (RFC 9457): one form for every answer of the API that is an error."""

import logging
import traceback
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from rest_framework import exceptions
from rest_framework.exceptions import APIException

from contracts.api.sentences import BUSY, ERRORS, FAILED, NOT_FOR_THIS_CLIENT, NOT_THERE, errors_in, sentence_of

CONTENT_TYPE = "application/problem+json"
API = "/api/"
DOCS = "/api/docs/"
DOCUMENTED_AT = f"{DOCS}#problem-"
AGAIN_IN = "5"  # seconds: a connection that was lost is made anew, and a lock is let go

__all__ = ["API", "CONTENT_TYPE", "DOCS", "DOCUMENTED_AT", "NOT_THERE", "Problem", "as_problem", "is_of_api", "problem"]

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
    body = {"type": f"{DOCUMENTED_AT}{status:d}", "title": title, "status": status, "detail": detail, **more}
    headers = {"Cache-Control": "no-store"}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=headers)


def as_problem(error: Exception, context: dict[str, Any]) -> HttpResponse:
    """The answer to whatever an operation raised; what nobody expected is logged, and told as such."""
    if isinstance(error, Http404):
        return problem(HTTPStatus.NOT_FOUND, _sentence_of_404(error))
    if isinstance(error, PermissionDenied):
        return problem(HTTPStatus.FORBIDDEN, str(error) or NOT_FOR_THIS_CLIENT)
    if isinstance(error, RequestDataTooBig):
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than this operation takes.")
    if isinstance(error, (SuspiciousOperation, BadRequest, UnreadablePostError)):
        return problem(HTTPStatus.BAD_REQUEST, "The request could not be read to its end, or holds too many parts.")
    if isinstance(error, APIException):
        return _of_framework(error)
    log_failure(error)
    return _failed(error)


def log_failure(error: Exception) -> None:
    """Log where it failed and with what kind of error. Not its message: a database's repeats what was sent."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    code = getattr(error.__cause__, "sqlstate", None) or ""
    logger.error("An operation of the API failed: %s %s\n%s", type(error).__name__, code, frames)


def is_of_api(request: HttpRequest) -> bool:
    """Whether an address is one that systems ask, so that even what is not there is answered as a problem."""
    path = f"/{request.path.lstrip('/')}"
    return f"{path}/".startswith(API) and not f"{path}/".startswith(DOCS)


def _failed(error: Exception) -> HttpResponse:
    """Where the database could not be asked the same is worth sending again; nothing else is known to be."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)
    answer = problem(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)
    answer["Retry-After"] = AGAIN_IN
    return answer


def _sentence_of_404(error: Http404) -> str:
    said = str(error)
    return said if said and "matches the given query" not in said else NOT_THERE


def _of_framework(error: APIException) -> HttpResponse:
    if isinstance(error, exceptions.ValidationError):
        return problem(error.status_code, ERRORS, errors=list(errors_in(error.detail)))
    more = error.more if isinstance(error, Problem) else {}
    answer = problem(error.status_code, sentence_of(error), **more)
    wait = getattr(error, "wait", None)
    if wait is not None:
        answer["Retry-After"] = str(max(1, round(wait)))
    header = getattr(error, "auth_header", None)
    if header:
        answer["WWW-Authenticate"] = header
    return answer
