"""Tokens that were asked for with a secret while it was replaced: the check of a secret is slow on purpose."""

import hashlib

from django.db import transaction
from oauth2_provider.models import AccessToken

from contracts.models import ApiClient


def secret_kept_of(identifier: str) -> str:
    """The hash of the client's secret at this moment; "" where there is no such client."""
    return ApiClient.objects.filter(client_id=identifier).values_list("client_secret", flat=True).first() or ""


@transaction.atomic
def ended_if_replaced(token: str, *, identifier: str, kept_before: str) -> bool:
    """Delete a token whose client's secret is no longer the one it was checked by; whether it was deleted.

    Whoever replaces a secret holds the client's row and ends its tokens: either that is done before this, and the
    hashes differ, or it waits for this and ends the token too.
    """
    held = ApiClient.objects.select_for_update(of=("self",)).get(client_id=identifier)
    if held.client_secret == kept_before and held.revoked_at is None:
        return False
    AccessToken.objects.filter(token_checksum=hashlib.sha256(token.encode()).hexdigest()).delete()
    return True
