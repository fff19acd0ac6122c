"""Tokens: a client shows its identifier and secret, and is given one for a quarter of an hour (RFC 6749 §4.4)."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.views.mixins import OAuthLibMixin
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.request import Request

from contracts.access import public
from contracts.api.problems import DOCUMENTED_AT
from contracts.api.throttles import TokenThrottle
from contracts.api.view import Operation

GRANT = "client_credentials"
OPEN_TO_ANYONE: list[Any] = []


class TokenAsked(serializers.Serializer[Any]):
    """What a client sends, as a form. Identifier and secret may stand in a Basic header instead."""

    grant_type = serializers.ChoiceField([GRANT])
    client_id = serializers.CharField(required=False)
    client_secret = serializers.CharField(required=False, write_only=True)
    scope = serializers.CharField(required=False, help_text="Scopes, with spaces between; all the client has if none.")


class TokenGiven(serializers.Serializer[Any]):
    """A token and how long it is good for."""

    access_token = serializers.CharField()
    token_type = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField()


class Token(OAuthLibMixin, Operation):
    """Give a client a token."""

    authentication_classes = OPEN_TO_ANYONE
    permission_classes = OPEN_TO_ANYONE
    throttle_classes = [TokenThrottle]
    parser_classes = [FormParser]

    def post(self, request: Request) -> HttpResponse:
        """The token, or why there is none, in the form that RFC 6749 §5.2 gives errors and RFC 9457 problems."""
        asked = request._request
        if asked.GET:
            return _refusal(HTTPStatus.BAD_REQUEST, "invalid_request", "Nothing may stand behind the address.")
        if asked.POST.get("grant_type") != GRANT:
            return _refusal(HTTPStatus.BAD_REQUEST, "unsupported_grant_type", f"Send grant_type={GRANT}, as a form.")
        return _given(self, asked)


def _given(view: OAuthLibMixin, request: HttpRequest) -> HttpResponse:
    _, headers, body, status = view.create_token_response(request)  # type: ignore[no-untyped-call]  # untyped there
    answer = json.loads(body)
    if status != HTTPStatus.OK:
        detail = answer.get("error_description") or WORDS.get(answer["error"], "The client could not be signed in.")
        return _refusal(HTTPStatus(status), answer["error"], detail, headers.get("WWW-Authenticate", ""))
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


WORDS = {
    "invalid_client": "The identifier or the secret is wrong, or the client was revoked.",
    "invalid_scope": "The client does not have every scope it asked for.",
}


def _refusal(status: HTTPStatus, error: str, detail: str, challenge: str = "") -> HttpResponse:
    body = {
        "error": error,
        "error_description": detail,
        "type": f"{DOCUMENTED_AT}{status}",
        "title": status.phrase,
        "status": status,
        "detail": detail,
    }
    answer = JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
    if status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = challenge or 'Basic realm="api"'
    return answer


token = public(Token.as_view())
