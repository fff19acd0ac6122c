"""What the page of the syncs shows. No case is named anywhere in it."""

from dataclasses import dataclass
from datetime import date, datetime

from performance.sync_health import SyncHealth


@dataclass(frozen=True, slots=True)
class LastBatch:
    """The newest batch that told something: `lag` is how old its newest case was when it came, "" where it had none."""

    received_at: datetime
    as_of: date
    client: str
    counts: tuple[tuple[str, int], ...]
    lag: str
    ago: str


@dataclass(frozen=True, slots=True)
class SenderRow:
    """A system that may send cases, and when it was last heard of, in real time."""

    key: int
    name: str
    organisation: str
    last_used_at: datetime | None
    state: str
    is_stale: bool


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """How many cases were refused for one reason."""

    reason: str
    in_7_days: int
    in_30_days: int


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One silence that was told: how many people were written to, and how many messages have gone."""

    silent_since: datetime
    written_at: datetime
    written: int
    sent: int


@dataclass(frozen=True, slots=True)
class SyncRow:
    """The sync of one agreement.

    `old_day` is the newest day that a batch describes, where that is too long over; `refused_ago` how long ago a
    batch came of which every case was refused, where none that told something came since. None and "" otherwise.
    """

    reference: str
    name: str
    hours: int | None
    health: SyncHealth
    last: LastBatch | None
    old_day: date | None
    refused_ago: str
    batches_in_7_days: int
    refusals: tuple[RefusalRow, ...]
    senders: tuple[SenderRow, ...]
    revoked: tuple[SenderRow, ...]
    alerts: tuple[AlertRow, ...]
