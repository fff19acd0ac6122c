"""Who calls: the client whose token stands in the Authorization header, and nowhere else."""

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import unquote_plus

from django.http import HttpRequest
from django.utils import timezone
from oauth2_provider.models import AccessToken
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from contracts.models import ApiClient

SCHEME = b"bearer"
IN_ADDRESS = "access_token"


@dataclass(frozen=True, slots=True)
class Caller:
    """The client, and the scopes that its token was given."""

    client: ApiClient
    token_scopes: frozenset[str]


class BearerToken(BaseAuthentication):
    """A token of the token address (RFC 6750 §2.1). One query; a client that was revoked is turned away at once."""

    def authenticate(self, request: Request) -> tuple[ApiClient, Caller] | None:
        """The client; None where there is no such header. Raises AuthenticationFailed for a token that is none."""
        if IN_ADDRESS in request.query_params:
            raise AuthenticationFailed("A token stands in the address, where it is logged. Send it as a header.")
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != SCHEME:
            return None
        caller = _caller_of(parts[1]) if len(parts) == len(("scheme", "token")) else None
        if caller is None:
            raise AuthenticationFailed("The token is unknown, has expired or was revoked. Ask for a new one.")
        return caller.client, caller

    def authenticate_header(self, _request: Request) -> str:
        """What a client is asked for."""
        return 'Bearer realm="api"'


def _caller_of(token: bytes) -> Caller | None:
    held = (
        AccessToken.objects.filter(
            token_checksum=hashlib.sha256(token).hexdigest(),
            expires__gt=timezone.now(),
            application__revoked_at=None,
        )
        .select_related("application__organisation")
        .first()
    )
    return Caller(held.application, frozenset(held.scope.split())) if held and held.application else None


def basic_pair(request: HttpRequest) -> list[str]:
    """The identifier and the secret of a Basic header; empty without one. Raises ValueError for a broken one."""
    scheme, _, written = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return []
    return [unquote_plus(part) for part in base64.b64decode(written, validate=True).decode().split(":", 1)]
