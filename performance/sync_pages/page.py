"""The page of the syncs, gathered: one row for each agreement that has one or should."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from contracts.models import Agreement, ClientScope, Scope
from performance.models import SyncAlert, SyncRun, SyncTerms
from performance.sync_health import is_old, lasted, sync_health
from performance.sync_pages.batches import WEEK, last_batch, last_runs, news_of, refusal_rows, runs_lately
from performance.sync_pages.senders import first_made, sender_row, senders_of
from performance.sync_pages.shapes import AlertRow, SyncRow

ALERTS_SHOWN = 10


def synced_agreements() -> QuerySet[Agreement]:
    """The agreements of which a batch came, may come, or was agreed to come."""
    own = OuterRef("pk")
    return Agreement.objects.filter(
        Exists(SyncTerms.objects.filter(agreement=own))
        | Exists(ClientScope.objects.filter(agreement=own, scope=Scope.EARLY_HELP_WRITE))
        | Exists(SyncRun.objects.filter(agreement=own))
    )


def sync_rows(at: datetime) -> list[SyncRow]:
    """Every sync as it stands `at` a moment; what clients ask is held against real time, as it is counted."""
    agreements = list(synced_agreements().select_related("sync_terms").order_by("reference"))
    runs, lately, senders = last_runs(agreements), runs_lately(agreements, at), senders_of(agreements)
    alerts, news, real_now = _alerts(agreements), news_of(agreements), timezone.now()
    rows = []
    for one in agreements:
        run, clients, came = runs.get(one.pk), senders.get(one.pk, []), lately.get(one.pk, [])
        hours, (day, refused) = hours_between(one), news.get(one.pk, (None, None))
        sent = [sender_row(client, hours, real_now) for client in clients]
        revoked = {client.pk for client in clients if client.revoked_at is not None}
        rows.append(
            SyncRow(
                one.reference,
                one.short_name,
                hours,
                sync_health(run.received_at if run else None, first_made(clients), hours, at),
                last_batch(run, at) if run else None,
                day if day and is_old(day, hours, at) else None,
                lasted(refused, at) if refused and (run is None or refused > run.received_at) else "",
                sum(received_at >= at - WEEK for received_at, _ in came),
                refusal_rows(came, at),
                tuple(row for row in sent if row.key not in revoked),
                tuple(row for row in sent if row.key in revoked),
                tuple(alerts.get(one.pk, ())[:ALERTS_SHOWN]),
            )
        )
    return rows


def hours_between(agreement: Agreement) -> int | None:
    """How many hours may lie between two batches; None where nothing was agreed."""
    terms: SyncTerms | None = getattr(agreement, "sync_terms", None)
    return terms.hours_between_batches if terms else None


def _alerts(agreements: Iterable[Agreement]) -> dict[int, list[AlertRow]]:
    """The silences that were told, newest first, by the agreement's number. One query."""
    found: dict[int, list[AlertRow]] = defaultdict(list)
    rows = SyncAlert.objects.filter(agreement__in=agreements).values("agreement", "silent_since")
    counted = rows.annotate(written=Count("pk"), sent=Count("sent_at"), last=Max("written_at"))
    for row in counted.order_by("-silent_since"):
        found[row["agreement"]].append(AlertRow(row["silent_since"], row["last"], row["written"], row["sent"]))
    return found
