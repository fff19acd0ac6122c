"""How much a client may ask in a minute, and how often a sender may ask for a token."""

from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from contracts.api.authentication import Caller
from contracts.counted_requests import LONGEST_SENDER, OF_CLIENT, OF_SENDER, Allowance, counted


class MinuteThrottle(BaseThrottle):
    """A limit by the minute; the allowance goes to the view, which writes it into the answer's headers."""

    left: Allowance

    def allowed(self, left: Allowance, view: Any) -> bool:
        """Whether what was counted stays within its limit."""
        self.left = view.allowance = left
        return left.used <= left.limit

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return float(self.left.resets_in)


class ClientThrottle(MinuteThrottle):
    """A client's own limit, `requests_a_minute`."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count this request of a client. Who is none is turned away after this."""
        if not isinstance(request.auth, Caller):
            return True
        client = request.auth.client
        return self.allowed(counted(OF_CLIENT, client.pk, client.requests_a_minute, timezone.now()), view)


class TokenThrottle(MinuteThrottle):
    """How often one sender may ask for a token: enough for many systems behind one address, too few to guess."""

    rate = "60/min"  # as the framework writes them

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count what is sent by its sender's address; a GET, answered 405, writes nothing."""
        if request.method != "POST":
            return True
        # Behind a proxy the address that the proxy saw, as NUM_PROXIES has it.
        sender = (self.get_ident(request) or "")[:LONGEST_SENDER]
        limit = int(self.rate.partition("/")[0])
        return self.allowed(counted(OF_SENDER, sender, limit, timezone.now()), view)
