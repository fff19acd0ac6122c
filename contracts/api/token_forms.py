"""What is sent for a token, and what comes back (RFC 6749 §4.4 and §5)."""

from typing import Any

from rest_framework import serializers

GRANT = "client_credentials"
ERRORS = ["invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"]


class TokenAsked(serializers.Serializer[Any]):
    """What a client sends, as a form. Identifier and secret may stand in a Basic header instead."""

    grant_type = serializers.ChoiceField([GRANT], help_text="Always client_credentials.")
    client_id = serializers.CharField(required=False, help_text="The client’s identifier.")
    client_secret = serializers.CharField(required=False, write_only=True, help_text="Its secret, shown once.")
    scope = serializers.CharField(required=False, help_text="Scopes, with spaces between; all the client has if none.")


class TokenGiven(serializers.Serializer[Any]):
    """A token and how long it is good for."""

    access_token = serializers.CharField(help_text="Send it as the header “Authorization: Bearer” and the token.")
    token_type = serializers.CharField(help_text="Always Bearer.")
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField(help_text="The scopes it was given, with spaces between.")


class TokenRefused(serializers.Serializer[Any]):
    """Why there is no token: the members of RFC 6749 §5.2, and those of problem details beside them."""

    error = serializers.ChoiceField(ERRORS, help_text="Which kind of error, as RFC 6749 names them.")
    error_description = serializers.CharField(help_text="What is wrong, and what to do.")
    type = serializers.CharField(help_text="Where this kind of problem is explained.")
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField(help_text="The status.")
    detail = serializers.CharField(help_text="As `error_description`.")
