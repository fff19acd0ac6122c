"""Writing what is new or newer of a batch: one statement, which touches no row of a case that did not change."""

from collections.abc import Sequence

import msgspec
from django.db import connection

from performance.council_sync.shapes import ToldCase
from performance.models import CouncilCase, SyncRun

# A column of the table by the field of a telling, with its type.
COLUMNS = {
    "reference": ("reference", "text"),
    "updated_at": ("updated_at", "timestamptz"),
    "fingerprint": ("fingerprint", "text"),
    "is_deleted": ("is_deleted", "boolean"),
    "district": ("district_id", "bigint"),
    "area": ("area_id", "bigint"),
    "pathway": ("pathway_id", "bigint"),
    "referral_route": ("referral_route", "text"),
    "opened_on": ("opened_on", "date"),
    "closed_on": ("closed_on", "date"),
    "unit": ("unit", "text"),
    "goals_met": ("goals_met", "boolean"),
}
NAMES = ", ".join(column for column, _ in COLUMNS.values())
# Fields in the order of a telling, which is what stands in the rows that are sent.
ITEMS = ", ".join(f"(sent ->> {place})::{kind}" for place, (_, kind) in enumerate(COLUMNS.values()))
NEWER = ", ".join(f"{column} = excluded.{column}" for column, _ in list(COLUMNS.values())[1:])
WRITE = f"""INSERT INTO {CouncilCase._meta.db_table} AS held (agreement_id, run_id, {NAMES})
    SELECT %s, %s, {ITEMS} FROM json_array_elements(%s::json) AS sent
    ON CONFLICT (agreement_id, reference) DO UPDATE SET run_id = excluded.run_id, {NEWER}
    WHERE (excluded.updated_at, excluded.fingerprint) > (held.updated_at, held.fingerprint)"""


def write_cases(run: SyncRun, told: Sequence[ToldCase]) -> None:
    """Write tellings, each of a different case, as those that came with `run`; within the batch's transaction.

    They were weighed under the agreement's lock, so each of them is written: RuntimeError where one was not.
    """
    if not told:
        return
    sent = msgspec.json.encode(sorted(told)).decode()
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [run.agreement_id, run.pk, sent])
        if cursor.rowcount != len(told):
            raise RuntimeError(f"{len(told)} tellings were weighed as newer, and {cursor.rowcount} were written.")
