"""The only writer of the audit trail, and the check that nobody else wrote or took from it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone

from contracts.models import Agreement, Event, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, or the console or worker without one."""

    name: str
    user: User | None = None

    @classmethod
    def person(cls, user: User) -> "Actor":
        """A person who signed in."""
        return cls(user.get_full_name() or user.email, user)


CONSOLE = Actor("the operator at the console")
WORKER = Actor("the portal")


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first event of a chain that does not follow from the one before it."""

    event_id: int
    reason: str


def record(
    action: str,
    *,
    by: Actor,
    agreement: Agreement | None,
    subject: str,
    before: Any = None,
    after: Any = None,
) -> Event:
    """Write one event, in the caller's transaction, at the end of the agreement's chain.

    Writers of one chain wait for each other until they commit, so each event follows exactly one.
    """
    _lock_chain(agreement)
    last = Event.objects.filter(agreement=agreement).order_by("-id").values_list("hash", flat=True).first()
    event = Event(
        agreement=agreement,
        at=timezone.now(),
        actor=by.user,
        actor_name=by.name,
        action=action,
        subject=subject[:200],
        before=_plain(before),
        after=_plain(after),
        previous_hash=last or "",
    )
    event.hash = _hash_of(event)
    event.save(force_insert=True)
    return event


def first_broken_link(agreement: Agreement | None) -> BrokenLink | None:
    """Walk an agreement's chain from its start; None where every link holds."""
    previous = ""
    for event in Event.objects.filter(agreement=agreement).order_by("id").iterator(chunk_size=2000):
        if event.previous_hash != previous:
            return BrokenLink(event.pk, "an event before it was removed or put in")
        if event.hash != _hash_of(event):
            return BrokenLink(event.pk, "its content was changed after it was written")
        previous = event.hash
    return None


def _lock_chain(agreement: Agreement | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [7601, agreement.pk if agreement else 0])


def _plain(value: Any) -> Any:
    return None if value is None else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _hash_of(event: Event) -> str:
    at: datetime = event.at
    content = [
        event.previous_hash,
        event.agreement_id,
        at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
        event.actor_id,
        event.actor_name,
        event.action,
        event.subject,
        event.before,
        event.after,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
