"""What is sent for a token, and what comes back (RFC 6749 §4.4 and §5)."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from contracts.api.problems import DOCUMENTED_AT

GRANT = "client_credentials"
ERRORS = ["invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"]


class TokenAsked(serializers.Serializer[Any]):
    """What a client sends, as a form. Identifier and secret may stand in a Basic header instead."""

    grant_type = serializers.ChoiceField([GRANT], help_text="Always client_credentials.")
    client_id = serializers.CharField(required=False, help_text="The client’s identifier.")
    client_secret = serializers.CharField(required=False, write_only=True, help_text="Its secret, shown once.")
    scope = serializers.CharField(required=False, help_text="Scopes, with spaces between; all the client has if none.")


GIVEN = {
    "access_token": "the-token",
    "token_type": "Bearer",
    "expires_in": 900,
    "scope": "early-help:write figures:read",
}
WRONG = "The identifier or the secret is wrong, or the client was revoked."
NO_GRANT = "Send grant_type=client_credentials, as a form."


def _refused(status: HTTPStatus, error: str, detail: str) -> OpenApiExample:
    of_problem = {"type": f"{DOCUMENTED_AT}{status:d}", "title": status.phrase, "status": status.value}
    told = {"error": error, "error_description": detail, **of_problem, "detail": detail}
    return OpenApiExample(detail, told, response_only=True, status_codes=[f"{status:d}"])


@extend_schema_serializer(examples=[OpenApiExample("A token", GIVEN, response_only=True)])
class TokenGiven(serializers.Serializer[Any]):
    """A token and how long it is good for."""

    access_token = serializers.CharField(help_text="Send it as the header “Authorization: Bearer” and the token.")
    token_type = serializers.CharField(help_text="Always Bearer.")
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField(help_text="The scopes it was given, with spaces between.")


@extend_schema_serializer(
    examples=[
        _refused(HTTPStatus.BAD_REQUEST, "unsupported_grant_type", NO_GRANT),
        _refused(HTTPStatus.UNAUTHORIZED, "invalid_client", WRONG),
    ]
)
class TokenRefused(serializers.Serializer[Any]):
    """Why there is no token: the members of RFC 6749 §5.2, and those of problem details beside them."""

    error = serializers.ChoiceField(ERRORS, help_text="Which kind of error, as RFC 6749 names them.")
    error_description = serializers.CharField(help_text="What is wrong, and what to do.")
    type = serializers.CharField(help_text="Where this kind of problem is explained.")
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField(help_text="The status.")
    detail = serializers.CharField(help_text="As `error_description`.")
