"""The systems that may send the council's cases, and when each was last heard of."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from contracts.client_use import with_use
from contracts.formatting import count_of
from contracts.models import Agreement, ApiClient, ClientScope, Scope
from performance.sync_pages.shapes import SenderRow


def senders_of(agreements: Iterable[Agreement]) -> dict[int, list[Any]]:
    """The clients with the scope to send cases, revoked ones too, by the agreement's number. Two queries."""
    rows = ClientScope.objects.filter(agreement__in=agreements, scope=Scope.EARLY_HELP_WRITE)
    pairs = list(rows.order_by("client__name", "client").values_list("agreement", "client"))
    clients = with_use(ApiClient.objects.select_related("organisation")).in_bulk([client for _, client in pairs])
    found: dict[int, list[Any]] = {}
    for agreement, client in pairs:
        found.setdefault(agreement, []).append(clients[client])
    return found


def first_made(clients: Iterable[ApiClient]) -> datetime | None:
    """When the first client that may still send was made; None where none may."""
    return min((client.created for client in clients if client.revoked_at is None), default=None)


def sender_row(client: Any, hours: int | None, real_now: datetime) -> SenderRow:
    """A client as the page shows it. It is stale when it asked nothing for as long as batches may be apart."""
    last: datetime | None = client.last_used_at
    is_stale = client.revoked_at is None and (
        last is None or (hours is not None and real_now - last > timedelta(hours=hours))
    )
    state = "In use"
    if client.revoked_at is not None:
        state = "Revoked"
    elif last is None:
        state = "Never asked anything"
    elif is_stale and hours is not None:
        state = f"Nothing for {count_of(hours, 'hour')}"
    return SenderRow(client.pk, client.name, str(client.organisation), last, state, is_stale)
