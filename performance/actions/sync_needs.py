"""Which months a batch makes stale: those its cases change, and those that became known or stopped being so."""

from datetime import date, datetime

from contracts.agreement_months import months_of
from contracts.periods import month_start, months_between
from performance.council_coverage import Coverage, coverage
from performance.models import SyncRun
from performance.needs import state_need


def state_sync_need(run: SyncRun, before: Coverage, earliest_opened: date | None, *, at: datetime) -> None:
    """Have figures worked out again from the first month that `run` changes; within the batch's transaction.

    `before` is what was covered before the batch, `earliest_opened` the first day on which a case that changed was
    open, None where none did. A month that is not covered says the same whatever its cases are.
    """
    # So far, not by `at`: the clock of the demo goes back each day, and what came later in it has come all the same.
    after = coverage(run.agreement, None)
    ours = months_of(run.agreement)
    changed_from = month_start(earliest_opened) if earliest_opened else date.max
    stale = (
        month
        for month in months_between(ours.first, ours.ended(at.date()))
        if before.reason(month) != after.reason(month) or (month >= changed_from and not after.reason(month))
    )
    first = next(stale, None)
    if first is not None:
        state_need(run.agreement, first, None, reason=f"Batch {run.pk} of the council’s cases came in", at=at)
