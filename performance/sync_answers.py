"""What a batch is answered, from the row it was kept as: the first time and whenever it is sent again."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from contracts.models import Agreement
from performance.council_sync.results import CaseResult, Result
from performance.models import SyncRun

COUNTS = ("cases", *(result.value for result in Result))


def answer_of(run: SyncRun, agreement: Agreement, results: Iterable[Sequence[str | None]]) -> dict[str, Any]:
    """The answer to a batch of `agreement` whose cases had `results`; equal to the one given before, to the letter."""
    return {
        "run": run.pk,
        "agreement": agreement.reference,
        "as_of": run.as_of.isoformat(),
        "received_at": written(run.received_at),
        "counts": {name: getattr(run, name) for name in COUNTS},
        "results": [
            {"index": index, **dict(zip(CaseResult._fields, kept, strict=True))} for index, kept in enumerate(results)
        ],
    }


def written(moment: datetime) -> str:
    """A moment in UTC, as the council's system writes its own."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
