"""The council's cases as they are held: what a batch is weighed against, and what its system reads back."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.db import connection
from django.db.models import QuerySet

from contracts.models import Agreement
from performance.council_sync.shapes import HeldCase
from performance.models import CouncilCase, SyncRun

HELD = f"""SELECT held.reference, held.updated_at, held.fingerprint, held.opened_on
    FROM json_array_elements_text(%s::json) AS sent(reference)
    JOIN {CouncilCase._meta.db_table} held ON held.agreement_id = %s AND held.reference = sent.reference"""


def held_cases(agreement: Agreement, references: Iterable[str]) -> dict[str, HeldCase]:
    """What is held of the cases of some references. One query."""
    sent = msgspec.json.encode(sorted(set(references))).decode()
    with connection.cursor() as cursor:
        cursor.execute(HELD, [sent, agreement.pk])
        return {reference: HeldCase(*telling) for reference, *telling in cursor.fetchall()}


def council_cases(agreement: Agreement, updated_since: datetime | None) -> QuerySet[CouncilCase]:
    """Every case of the council's, those deleted too; only those changed at a moment or after it where one is given."""
    cases = CouncilCase.objects.filter(agreement=agreement).select_related("district", "pathway")
    return cases.filter(updated_at__gte=updated_since) if updated_since else cases


def sync_runs(agreement: Agreement) -> QuerySet[SyncRun]:
    """Every batch taken in, without the answers given."""
    return SyncRun.objects.filter(agreement=agreement).select_related("client").defer("results", "body_sha256")
