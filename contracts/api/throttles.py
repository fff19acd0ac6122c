"""How much a client may ask in a minute: counted in a row, so that it holds across processes and restarts.

The same rows say when a client was last seen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from contracts.api.authentication import Caller
from contracts.models import ClientUse, TokenRequests

MINUTE = timedelta(minutes=1)
LONGEST_SENDER = 64
# One statement, so that none of several at once is lost. It does not wait for the disk: what a crash of the server
# forgets is a count of its last moment, and every read would wait for it.
COUNT_ONE = """INSERT INTO {table} AS held ({who}, minute, requests)
    SELECT %s, %s, 1 WHERE set_config('synchronous_commit', 'off', true) = 'off'
    ON CONFLICT ({who}, minute) DO UPDATE SET requests = held.requests + 1 RETURNING requests"""
OF_CLIENT = COUNT_ONE.format(table=ClientUse._meta.db_table, who="client_id")
OF_SENDER = COUNT_ONE.format(table=TokenRequests._meta.db_table, who="sender")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a minute; `resets_in` is in seconds."""

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


def counted(statement: str, who: int | str, limit: int, at: datetime) -> Allowance:
    """Count one request of `who` in the minute of `at`."""
    minute = at.replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(statement, [who, minute])
        used: int = cursor.fetchone()[0]
    return Allowance(limit, used, max(1, (minute + MINUTE - at).seconds))


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
