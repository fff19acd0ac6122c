"""Terms as they were agreed before variations that were signed since. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Row:
    """One row of dated terms: of which thing it is, its key, and its half-open range of days."""

    thing: str
    key: int
    begins: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Signed:
    """What one signed variation did to the terms of a thing.

    It ended the row with the key `ended`, which held until `until`, and began a row on `begins`; None for neither.
    """

    subject: str
    thing: str
    ended: int | None
    until: date | None
    begins: date | None


def ends_before(rows: Iterable[Row], since: Iterable[Signed]) -> dict[int, date | None]:
    """The rows agreed before the variations `since`, the latest signed first: each with its end of then, by key.

    No two rows of a thing begin on one day, so the day says which row a variation began.
    """
    held = list(rows)
    begun = {(row.thing, row.begins): row.key for row in held}
    ends = {row.key: row.until for row in held}
    for one in since:
        if one.begins is not None:
            ends.pop(begun.get((one.thing, one.begins), 0), None)
        if one.ended is not None and one.ended in ends:
            ends[one.ended] = one.until
    return ends
