"""Whether the council's batches come as agreed, in words. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from contracts.formatting import count_of


class SyncState(StrEnum):
    """How the batches of an agreement stand against the time that was agreed between them."""

    ON_TIME = "On time"
    LATE = "Late"
    NEVER = "Never came"
    NOT_AGREED = "No time agreed"


@dataclass(frozen=True, slots=True)
class SyncHealth:
    """How the sync stands; `expected_by` is None where no time was agreed, or nobody may send anything yet."""

    state: SyncState
    silent_since: datetime | None
    expected_by: datetime | None
    is_overdue: bool


def sync_health(
    last_batch: datetime | None, first_client: datetime | None, hours: int | None, at: datetime
) -> SyncHealth:
    """How the sync stands `at` a moment: counted from the last batch, or where none came from the first client's day.

    A batch that comes at the agreed moment itself is on time.
    """
    since = last_batch or first_client
    expected_by = since.astimezone(UTC) + timedelta(hours=hours) if since and hours else None
    is_overdue = expected_by is not None and at > expected_by
    state = SyncState.LATE if is_overdue else SyncState.ON_TIME
    if last_batch is None:
        state = SyncState.NEVER
    elif hours is None:
        state = SyncState.NOT_AGREED
    return SyncHealth(state, since, expected_by, is_overdue)


def is_old(told_until: date, hours: int | None, at: datetime) -> bool:
    """Whether the newest day that a batch describes is longer over than batches may be apart, and a day more.

    False where no time was agreed.
    """
    over = datetime.combine(told_until + timedelta(days=1), time(), at.tzinfo)
    return hours is not None and at.astimezone(UTC) > over.astimezone(UTC) + timedelta(hours=hours + 24)


def lasted(since: datetime, until: datetime) -> str:
    """How long it was, in the two greatest units: "45 days 3 hours", "2 hours 5 minutes", "less than a minute"."""
    minutes = (until.astimezone(UTC) - since.astimezone(UTC)) // timedelta(minutes=1)
    days, rest = divmod(max(minutes, 0), 24 * 60)
    hours, minutes = divmod(rest, 60)
    units = [(days, "day"), (hours, "hour"), (0 if days else minutes, "minute")]
    return " ".join(count_of(number, unit) for number, unit in units if number) or "less than a minute"


def refusals_since(day: datetime, runs: Iterable[tuple[datetime, Mapping[str, int]]]) -> Counter[str]:
    """How many cases were refused for each reason in the batches that came on or after a moment."""
    found: Counter[str] = Counter()
    for received_at, refusals in runs:
        if received_at >= day:
            found.update(refusals)
    return found
