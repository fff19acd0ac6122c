"""Whether an agreement's sync is silent for longer than was agreed, and whom to ask."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from contracts.models import Agreement
from performance.council_coverage import runs_that_count
from performance.models import SyncTerms
from performance.sync_health import sync_health
from performance.sync_pages.senders import first_made, sender_row, senders_of
from performance.sync_pages.shapes import SenderRow


@dataclass(frozen=True, slots=True)
class Silence:
    """No batch came since `since` (the last one, or where none ever did: when the first client was made).

    A batch of which every case was refused is none.
    """

    since: datetime
    expected_by: datetime
    hours: int
    has_ever_come: bool
    senders: tuple[SenderRow, ...]


def silence_of(agreement: Agreement, at: datetime) -> Silence | None:
    """The silence that lasts too long `at` a moment; None where none does, or where no time was agreed."""
    hours = SyncTerms.objects.filter(agreement=agreement).values_list("hours_between_batches", flat=True).first()
    if not hours:
        return None
    counted = runs_that_count(agreement, None).order_by("-received_at")
    last = counted.values_list("received_at", flat=True).first()
    clients = senders_of([agreement]).get(agreement.pk, [])
    health = sync_health(last, first_made(clients), hours, at)
    if not health.is_overdue or health.silent_since is None or health.expected_by is None:
        return None
    usable = [client for client in clients if client.revoked_at is None]
    senders = tuple(sender_row(client, hours, timezone.now()) for client in usable)
    return Silence(health.silent_since, health.expected_by, hours, last is not None, senders)
