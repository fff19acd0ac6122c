"""What is answered where no view is: a problem to a system, a page to a person."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from contracts.access import public
from contracts.api.problems import is_of_api, problem
from contracts.api.sentences import FAILED, NOT_FOR_THIS_CLIENT

UNREADABLE = "The request could not be understood: its host or its headers are none that the portal takes."
NO_SUCH_ADDRESS = "The API has no such address. /api/v1/openapi.json names them all; none ends with a slash."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, such as for a host that is not the portal's."""
    if is_of_api(request):
        return problem(HTTPStatus.BAD_REQUEST, UNREADABLE)
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    if is_of_api(request):
        return problem(HTTPStatus.FORBIDDEN, NOT_FOR_THIS_CLIENT)
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if is_of_api(request):
        return problem(HTTPStatus.NOT_FOUND, NO_SUCH_ADDRESS)
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """500, for what fails outside a view."""
    if is_of_api(request):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)
    # The page's own check of the token would read a body again that could not be read, and fail with it.
    request.csrf_processing_done = True  # type: ignore[attr-defined]  # Django's own, not in its stubs
    return defaults.server_error(request)


@public
@csrf_exempt
def unknown_address(_request: HttpRequest, **_rest: Any) -> HttpResponse:
    """An address that the API does not have, also while faults are shown in full."""
    return problem(HTTPStatus.NOT_FOUND, NO_SUCH_ADDRESS)
