"""The council's sync for tests of its watch: a system that may send, and batches that came."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from contracts.api_clients import make_client
from contracts.audit import CONSOLE
from contracts.models import Agreement, ApiClient, Organisation, Scope
from performance.models import SyncRun, SyncTerms

SYSTEM = "KCC Early Help system"


def sender(agreement: Agreement, at: datetime, name: str = SYSTEM) -> ApiClient:
    """A system of KCC's that may send the agreement's cases, made at a moment."""
    council = Organisation.objects.get(short_name="KCC")
    scopes = [(agreement, Scope.EARLY_HELP_WRITE)]
    return make_client(name=name, organisation=council, scopes=scopes, by=CONSOLE, at=at)[0]


def agreed(agreement: Agreement, hours: int | None) -> SyncTerms:
    """At most so many hours between two batches."""
    return SyncTerms.objects.update_or_create(agreement=agreement, defaults={"hours_between_batches": hours})[0]


def came(
    client: ApiClient,
    agreement: Agreement,
    at: datetime,
    refusals: dict[str, int] | None = None,
    *,
    as_of: date | None = None,
    told: int = 1,
) -> SyncRun:
    """A batch that came at a moment: one case new and one stale (none where `told` is 0), and those refused."""
    refused = sum((refusals or {}).values())
    values: dict[str, Any] = {"created": told, "updated": 0, "unchanged": 0, "stale": told, "refused": refused}
    return SyncRun.objects.create(
        agreement=agreement,
        client=client,
        body_sha256=hashlib.sha256(str(at).encode()).hexdigest(),
        as_of=as_of or date(at.year, at.month, at.day),
        received_at=at,
        newest_updated_at=at - timedelta(hours=3, minutes=20),
        cases=refused + 2 * told,
        refusals=refusals or {},
        results=[{"index": 0, "case_ref": "EH-2019-10001", "result": "created"}],
        **values,
    )
