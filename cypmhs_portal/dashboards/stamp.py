"""What a page of an agreement rests on, as one short text that changes when any of it does."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery

from contracts.models import Agreement, Event
from performance.models import RecomputeNeed


@dataclass(frozen=True, slots=True)
class Stamp:
    """The last event of the agreement or of the portal, and whether figures wait to be worked out again.

    Every action writes one event in its own transaction, so a page of the same event says the same. The portal's own
    events count too: a holiday moves due days, and an organisation's name stands on pages.
    """

    last_event: int
    is_waiting: bool


def stamp_of(agreement: Agreement) -> Stamp:
    """The agreement's stamp. One query."""
    waiting = RecomputeNeed.objects.filter(agreement=OuterRef("pk"), done_at__isnull=True)
    events = Event.objects.filter(Q(agreement=OuterRef("pk")) | Q(agreement=None)).order_by("-pk")
    row = (
        Agreement.objects.filter(pk=agreement.pk)
        .annotate(last_event=Subquery(events.values("pk")[:1]), is_waiting=Exists(waiting))
        .values_list("last_event", "is_waiting")
        .get()
    )
    return Stamp(row[0] or 0, row[1])
