"""How much clients ask, from the minutes that their requests are counted by. Real time, as tokens keep it."""

from datetime import timedelta
from typing import TypeVar

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from contracts.models import ApiClient, ClientUse, TokenRequests

LATELY = timedelta(hours=1)
KEPT = timedelta(days=90)
SENDERS_KEPT = timedelta(days=1)  # a limit looks at its own minute; the address of a sender is kept for no other end
Clients = TypeVar("Clients", bound="QuerySet[ApiClient]")


def with_use(clients: Clients) -> Clients:
    """The clients with `last_used_at` (None: never) and `asked_lately`, how often in the last hour."""
    of_client = ClientUse.objects.filter(client=OuterRef("pk")).order_by().values("client")
    lately = of_client.filter(minute__gt=timezone.now() - LATELY)
    return clients.annotate(
        last_used_at=Subquery(of_client.annotate(last=Max("minute")).values("last")),
        asked_lately=Coalesce(Subquery(lately.annotate(all=Sum("requests")).values("all")), 0),
    )


def clear_old_use() -> int:
    """Delete the minutes of more than 90 days ago, but each client's last, which says when it was last seen."""
    newer = ClientUse.objects.filter(client=OuterRef("client"), minute__gt=OuterRef("minute"))
    old = ClientUse.objects.filter(Exists(newer), minute__lt=timezone.now() - KEPT)
    return old.delete()[0]


def clear_old_token_requests() -> int:
    """Delete how often senders asked for tokens, but for the last day."""
    return TokenRequests.objects.filter(minute__lt=timezone.now() - SENDERS_KEPT).delete()[0]
