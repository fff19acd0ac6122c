"""All money ever changed, and why: the events about money of an agreement's audit trail, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from contracts import audit
from contracts.formatting import moment
from contracts.models import Agreement, Event
from funding.audit_pages.cells import Cell, cell
from funding.audit_pages.filters import AuditFilter
from funding.audit_pages.kinds import kind_of
from funding.audit_pages.words import changes


@dataclass(frozen=True, slots=True)
class Trail:
    """Whether an agreement's whole audit trail is as it was written; `broken` says what is wrong with which event."""

    events: int
    broken: str
    last_hash: str
    last_at: datetime | None


def events_asked_for(agreement: Agreement, asked: AuditFilter) -> QuerySet[Event]:
    """The events about money that `asked` names, newest first."""
    return Event.objects.filter(asked.events, agreement=agreement).order_by("-pk")


def names_of_elements(agreement: Agreement) -> dict[str, str]:
    """The short names of the agreement's elements by their codes, by which events name them."""
    return dict(agreement.elements.values_list("code", "short_name"))


def cells_of_event(event: Event, elements: Mapping[str, str]) -> tuple[Cell, ...]:
    """Who did what when, and what changed by it."""
    kind = kind_of(event.action, event.before, event.after)
    return (
        cell("When", moment(timezone.localtime(event.at))),
        cell("Who", event.actor_name),
        cell("Kind", kind.name if kind else ""),
        cell("What", event.action[:1].upper() + event.action[1:]),
        cell("Of", event.subject),
        cell("Before and after", *changes(event.before, event.after, elements)),
        cell("Number in the trail", str(event.pk)),
    )


def trail_of(agreement: Agreement) -> Trail:
    """Walk the agreement's chain of events, of every kind. Three queries, however long it is."""
    broken = audit.first_broken_link(agreement)
    events = Event.objects.filter(agreement=agreement)
    last = events.order_by("-pk").only("hash", "at").first()
    return Trail(
        events=events.count(),
        broken=f"Event {broken.event_id}: {broken.reason}." if broken else "",
        last_hash=last.hash if last else "",
        last_at=last.at if last else None,
    )
