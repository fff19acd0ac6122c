"""What is answered where no view is: a problem to a system, a page to a person."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from contracts.access import public
from contracts.api.problems import FAILED, is_of_api, problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, such as for a host that is not the portal's."""
    if is_of_api(request):
        return problem(HTTPStatus.BAD_REQUEST, "The request could not be understood.")
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    if is_of_api(request):
        return problem(HTTPStatus.FORBIDDEN, "This is not for this client.")
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if is_of_api(request):
        return problem(HTTPStatus.NOT_FOUND, "The API has no such address. /api/v1/openapi.json names them all.")
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """500, for what fails outside a view."""
    if is_of_api(request):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)
    return defaults.server_error(request)


@public
@csrf_exempt
def unknown_address(_request: HttpRequest, **_rest: Any) -> HttpResponse:
    """An address that the API does not have, also while faults are shown in full."""
    return problem(HTTPStatus.NOT_FOUND, "The API has no such address. /api/v1/openapi.json names them all.")
