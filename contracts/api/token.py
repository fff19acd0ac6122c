"""Tokens: a client shows its identifier and secret, and is given one for a quarter of an hour (RFC 6749 §4.4)."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from oauth2_provider.views.mixins import OAuthLibMixin
from rest_framework.parsers import FormParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from contracts.access import public
from contracts.api.credentials import IN_TWO_PLACES, identifier_in, is_nobodys, slip_in
from contracts.api.problems import DOCUMENTED_AT
from contracts.api.replaced_secrets import ended_if_replaced, secret_kept_of
from contracts.api.throttles import TokenThrottle
from contracts.api.token_forms import GRANT, TokenAsked, TokenGiven, TokenRefused
from contracts.api.view import Operation

OPEN_TO_ANYONE: list[Any] = []
WORDS = {
    "invalid_client": "The identifier or the secret is wrong, or the client was revoked.",
    "invalid_scope": "The client does not have every scope it asked for.",
    "invalid_request": IN_TWO_PLACES,
    "unauthorized_client": "The client may not ask for a token in this way.",
}


class Token(OAuthLibMixin, Operation):
    """Give a client a token."""

    authentication_classes = OPEN_TO_ANYONE
    permission_classes = OPEN_TO_ANYONE
    throttle_classes = [TokenThrottle]
    parser_classes = [FormParser]
    renderer_classes = [JSONRenderer]

    @extend_schema(
        summary="Ask for a token",
        operation_id="askForToken",
        request={"application/x-www-form-urlencoded": TokenAsked},
        responses={
            200: TokenGiven,
            400: OpenApiResponse(TokenRefused, "The form is not one that the portal gives tokens for."),
            401: OpenApiResponse(TokenRefused, "The identifier or the secret is wrong, or the client was revoked."),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """The token, or why there is none, in the form that RFC 6749 §5.2 gives errors and RFC 9457 problems."""
        _ = request.data  # reads the form, or raises what is wrong with it
        asked = request._request
        if asked.META.get("QUERY_STRING"):
            return _refusal(HTTPStatus.BAD_REQUEST, "invalid_request", "Nothing may stand behind the address.")
        if slip := slip_in(asked):
            return _refusal(HTTPStatus.BAD_REQUEST, "invalid_request", slip)
        if asked.POST.get("grant_type") != GRANT:
            return _refusal(HTTPStatus.BAD_REQUEST, "unsupported_grant_type", f"Send grant_type={GRANT}, as a form.")
        return _nobodys() if is_nobodys(asked) else _given(self, asked)


def _given(view: OAuthLibMixin, request: HttpRequest) -> HttpResponse:
    identifier = identifier_in(request)
    kept_before = secret_kept_of(identifier)
    _, _, body, status = view.create_token_response(request)  # type: ignore[no-untyped-call]  # untyped there
    answer = json.loads(body)
    if status != HTTPStatus.OK:
        detail = WORDS.get(answer["error"], "The client could not be signed in.")
        return _refusal(HTTPStatus(status), answer["error"], detail)
    if ended_if_replaced(answer["access_token"], identifier=identifier, kept_before=kept_before):
        return _nobodys()
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def _nobodys() -> HttpResponse:
    return _refusal(HTTPStatus.UNAUTHORIZED, "invalid_client", WORDS["invalid_client"])


def _refusal(status: HTTPStatus, error: str, detail: str) -> HttpResponse:
    body = {
        "error": error,
        "error_description": detail,
        "type": f"{DOCUMENTED_AT}{status:d}",
        "title": status.phrase,
        "status": status,
        "detail": detail,
    }
    answer = JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Basic realm="api"'
    return answer


token = public(Token.as_view())
