"""Requests counted by the minute: in a row, so that a limit holds across processes and restarts.

The rows of clients say when a client was last seen.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle

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


def of_calendar(request: HttpRequest, at: datetime) -> Allowance:
    """Count one request of a calendar by its sender's address, apart from what else that sender asks for."""
    sender = f"calendar {BaseThrottle().get_ident(request) or ''}"  # type: ignore[arg-type]  # reads its headers alone
    return counted(OF_SENDER, sender[:LONGEST_SENDER], settings.CALENDARS_A_MINUTE, at)
