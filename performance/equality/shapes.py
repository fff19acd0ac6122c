"""One characteristic month by month as its reader sees it: page, chart and file are made of nothing else. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.formatting import percent, rounded, whole
from performance.suppression import HIDDEN, ShownCount

NO_RETURN, NIL_RETURN = "no return", "nil return"
NOT_REPORTED, NOT_IN_RETURN, NOT_ASKED = "not reported", "not in the return", "not asked"
ALL_OF_IT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Seen:
    """A group's count in a month as the reader sees it, or in `text` what stands in its place, with the reason.

    `share` is in percent of the month's total, and worked out from `count` as it is shown: one of the exact count
    would give that away. It is a whole number, and about right, where counts are rounded.
    """

    count: int | None
    text: str
    share: Decimal | None = None
    share_text: str = ""
    reason: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether the count is hidden."""
        return self.text == HIDDEN


@dataclass(frozen=True, slots=True)
class MonthSeen:
    """The counts of a characteristic in a month, in the order of its groups; `total` is what they add up to."""

    month: date
    total: int | None
    counts: tuple[Seen, ...]

    @property
    def instead(self) -> Seen | None:
        """What stands in place of every count alike, where there is no number: no return, or not reported."""
        first = self.counts[0]
        return None if first.count is not None or first.is_hidden or set(self.counts) != {first} else first


@dataclass(frozen=True, slots=True)
class Characteristic:
    """Sex, or age band, of the children of an element: its groups, and its months with the one looked at last."""

    element: str
    name: str
    groups: tuple[str, ...]
    total_of: str
    months: tuple[MonthSeen, ...]
    is_exact: bool

    @property
    def now(self) -> MonthSeen:
        """The month looked at."""
        return self.months[-1]

    @property
    def rows(self) -> list[tuple[str, Seen]]:
        """The groups that the month looked at was asked for, with their counts."""
        pairs = zip(self.groups, self.now.counts, strict=True)
        return [(group, seen) for group, seen in pairs if seen.text != NOT_ASKED]

    def seen_in(self, month: date, group: str) -> Seen | None:
        """A group's count in another month; None where that is not shown here."""
        held = next((one for one in self.months if one.month == month), None)
        return held.counts[self.groups.index(group)] if held else None

    def counts_of(self, group: str) -> tuple[int | None, ...]:
        """A group's counts month by month, None where none is shown."""
        place = self.groups.index(group)
        return tuple(month.counts[place].count for month in self.months)


def seen_count(shown: ShownCount, total: int | None, *, is_exact: bool) -> Seen:
    """A count as it is shown, with its share of `total` in words: "51.8%", or "about 52%" of a rounded count."""
    if shown.count is None:
        return Seen(None, HIDDEN)
    count = shown.count
    if not total:
        return Seen(count, whole(count))
    share = Decimal(100 * count) / total
    if is_exact:
        return Seen(count, whole(count), share, percent(share))
    # A rounded count may be above its total, which no share is.
    about = min(rounded(share, 0), ALL_OF_IT)
    return Seen(count, whole(count), about, f"about {percent(about, 0)}")


def never_shown(characteristic: Characteristic) -> list[str]:
    """The groups without a count in any month."""
    return _without(characteristic, shown=False)


def ever_shown(characteristic: Characteristic) -> list[str]:
    """The groups with a count in some month."""
    return _without(characteristic, shown=True)


def _without(characteristic: Characteristic, *, shown: bool) -> list[str]:
    groups: Iterable[str] = characteristic.groups
    return [one for one in groups if any(count is not None for count in characteristic.counts_of(one)) is shown]
