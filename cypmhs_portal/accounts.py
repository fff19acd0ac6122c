"""How people come in: by invitation of an administrator only."""

import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up by themselves, and failed attempts are counted by address alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: administrators make people in the admin site."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """The e-mail address without the host, whose port a sender chooses and so could start to count anew."""
        address = str(credentials.get("email", credentials.get("username", ""))).strip().lower()
        return f"sign-in:{hashlib.sha256(address.encode()).hexdigest()}"
