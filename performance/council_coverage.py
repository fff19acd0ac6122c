"""Which months the council's system has told in full: from the one its first batch describes until the newest reached.

A month outside of them is not known, and is never taken as 0.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Max, Q, QuerySet, Subquery

from contracts.formatting import day, month_name
from contracts.models import Agreement
from contracts.periods import month_end, month_start, months_between
from performance.models import SyncRun, SyncTerms

# Of a batch: every case of it was refused. One without cases says that nothing changed.
TOLD_NOTHING = Q(cases__gt=0, refused=F("cases"))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The months whose council cases are known, as of a moment.

    `told_until` is the last day that a batch describes; both it and `from_month` are None before the first batch.
    `run` is the batch received last of those that count, without the answer it was given.
    """

    from_month: date | None = None
    told_until: date | None = None
    is_agreed: bool = False
    run: SyncRun | None = None

    def reason(self, month: date) -> str:
        """Why the council's cases of `month` are not known, and what puts it right; "" where they are known."""
        if self.from_month is None or self.told_until is None:
            return (
                "The council’s system has not sent its cases yet; "
                f"{month_name(month)} is known once a batch is as of {day(month_end(month))} or later."
            )
        if month_start(month) < self.from_month:
            return self._before(month)
        if self.told_until < month_end(month):
            return (
                f"The council’s system has sent its cases as of {day(self.told_until)} only; "
                f"{month_name(month)} is known once a batch is as of {day(month_end(month))} or later."
            )
        return ""

    def _before(self, month: date) -> str:
        since = "are agreed to be complete" if self.is_agreed else "have come only"
        return (
            f"The council’s cases {since} from {month_name(self.from_month)} on; {month_name(month)} is known once "
            "the terms of the sync say that they are complete from that month or an earlier one."
        )

    def months(self) -> tuple[date, ...]:
        """The months that are known, in order."""
        if self.from_month is None or self.told_until is None:
            return ()
        return months_between(self.from_month, month_start(self.told_until + timedelta(days=1)))


def coverage(agreement: Agreement, at: datetime | None) -> Coverage:
    """What the batches received by `at` (None: so far) cover.

    The first month is the one that the terms of the sync name, else that of the day which the batch received first
    describes: one that comes later with an earlier day holds no month in full. A batch of which every case was
    refused tells nothing.
    """
    runs = runs_that_count(agreement, at)
    # In the order they were taken in, not by their moments: the clock of the demo goes back each day.
    first = runs.order_by("pk").values("as_of")[:1]
    last = runs.order_by().values("agreement").annotate(day=Max("as_of")).values("day")
    newest = (
        runs.annotate(first_as_of=Subquery(first), last_as_of=Subquery(last))
        .defer("results", "refusals")
        .order_by("-received_at", "-pk")
        .first()
    )
    if newest is None:
        return Coverage()
    agreed = SyncTerms.objects.filter(agreement=agreement).values_list("complete_from", flat=True).first()
    return Coverage(agreed or month_start(newest.first_as_of), newest.last_as_of, agreed is not None, newest)


def runs_that_count(agreement: Agreement, at: datetime | None) -> QuerySet[SyncRun]:
    """The batches received by `at` that told something: all but those of which every case was refused."""
    received = SyncRun.objects.filter(agreement=agreement)
    if at is not None:
        received = received.filter(received_at__lte=at)
    return received.exclude(TOLD_NOTHING)
