"""How much a client may ask in a minute: counted in a row, so that it holds across processes and restarts.

The same rows say when a client was last seen.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, BaseThrottle

from contracts.api.authentication import Caller
from contracts.models import ClientUse

MINUTE = timedelta(minutes=1)
COUNT_ONE = f"""INSERT INTO {ClientUse._meta.db_table} AS held (client_id, minute, requests) VALUES (%s, %s, 1)
    ON CONFLICT (client_id, minute) DO UPDATE SET requests = held.requests + 1 RETURNING requests"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a client's minute; `resets_in` is in seconds."""

    limit: int
    used: int
    resets_in: int

    @property
    def headers(self) -> dict[str, str]:
        """As each answer tells them."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "RateLimit-Reset": str(self.resets_in),
        }


class ClientThrottle(BaseThrottle):
    """A client's own limit, `requests_a_minute`."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count this request; its allowance goes to the view, which writes it into the answer's headers."""
        if not isinstance(request.auth, Caller):
            return True
        client, now = request.auth.client, timezone.now()
        minute = now.replace(second=0, microsecond=0)
        with connection.cursor() as cursor:
            cursor.execute(COUNT_ONE, [client.pk, minute])
            used: int = cursor.fetchone()[0]
        self.left = Allowance(client.requests_a_minute, used, max(1, (minute + MINUTE - now).seconds))
        view.allowance = self.left
        return used <= client.requests_a_minute

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return float(self.left.resets_in)


class TokenThrottle(AnonRateThrottle):
    """How often one sender may ask for a token: enough for many systems behind one address, too few to guess."""

    rate = "60/min"
    num_requests: int  # both read from `rate` by the framework
    duration: int

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count what is sent by its sender's address, and tell what is left; a GET, answered 405, writes nothing."""
        if request.method != "POST":
            return True
        is_allowed: bool = super().allow_request(request, view)
        since_first = self.now - self.history[-1]
        view.allowance = Allowance(self.num_requests, len(self.history), max(1, round(self.duration - since_first)))
        return is_allowed
