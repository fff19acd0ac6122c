"""What an agreement asks of a batch, and what a batch told: plain shapes without a database."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from performance.council_sync.reasons import Reason


class District(NamedTuple):
    """A district that a case may be held in: its key and code, and the key of its area."""

    key: int
    code: str
    area: int


class Pathway(NamedTuple):
    """A pathway that a case may be of."""

    key: int
    code: str


class SyncRules(NamedTuple):
    """What is agreed of a case told as of the day `as_of`, read on the day `today` and at the real time `now`.

    `pattern` is what a case reference looks like; `districts` go by GSS code, `pathways` by the key of
    their codes and names, `routes` (how they are agreed to be written) by theirs, and are empty where none are agreed.
    """

    pattern: str
    districts: Mapping[str, District]
    pathways: Mapping[str, Pathway]
    routes: Mapping[str, str]
    as_of: date
    today: date
    now: datetime


class ToldCase(NamedTuple):
    """A case as one telling has it; of a tombstone, all but the first four say nothing."""

    reference: str
    updated_at: datetime
    fingerprint: str
    is_deleted: bool
    district: int | None = None
    area: int | None = None
    pathway: int | None = None
    referral_route: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    unit: str = ""
    goals_met: bool | None = None

    @property
    def rank(self) -> tuple[datetime, str]:
        """Of two tellings of a case the one with the greater rank holds."""
        return self.updated_at, self.fingerprint


class RefusedCase(NamedTuple):
    """A case that was refused: its reference only where it is of the agreed form and holds no personal data.

    `field` is the one that is wrong, where it may be one of several; `agreed` says what the agreement has instead.
    """

    reference: str | None
    reason: Reason
    field: str = ""
    agreed: str = ""


class HeldCase(NamedTuple):
    """What is held of a case before a batch: the rank of its telling, and when it opened."""

    updated_at: datetime
    fingerprint: str
    opened_on: date | None

    @property
    def rank(self) -> tuple[datetime, str]:
        """As for a case that is told."""
        return self.updated_at, self.fingerprint
