"""What a contract notice withholds of the instalments, month by month, and what becomes of it. Pure; exact pence.

Source: NHS Standard Contract, General Condition 9 and Service Condition 28, as the agreement's dated terms have
them. The percentages and months differ between editions, so they are given, never assumed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from contracts.levers.release import released_until
from contracts.periods import month_end, month_start
from funding.instalments import PENNY

NOTHING = Decimal("0.00")


class Ending(StrEnum):
    """How withholding ended; the values are the stages of a notice."""

    PUT_RIGHT = "resolved"
    NOT_PUT_RIGHT = "unresolved"
    WITHDRAWN = "withdrawn"


class Fate(StrEnum):
    """What becomes of the sums withheld."""

    HELD = "held"
    RELEASED = "released"
    KEPT = "kept"
    GIVEN_BACK = "given back"


@dataclass(frozen=True, slots=True)
class Withholding:
    """A part of each instalment that is held back from `began_on` until `ended_on`, `percent` of it.

    `kept_after_months` is None where whatever is put right is released, however late.
    """

    percent: Decimal
    began_on: date
    kept_after_months: int | None = None
    ended_on: date | None = None
    ending: Ending | None = None

    @property
    def released_until(self) -> date | None:
        """The last day on which putting it right releases what is withheld; None for no such day."""
        return released_until(self.began_on, self.kept_after_months)

    @property
    def fate(self) -> Fate:
        """What becomes of what was withheld, by the rule."""
        if self.ended_on is None:
            return Fate.HELD
        if self.ending is Ending.WITHDRAWN:
            return Fate.GIVEN_BACK
        is_in_time = self.released_until is None or self.ended_on <= self.released_until
        return Fate.RELEASED if self.ending is Ending.PUT_RIGHT and is_in_time else Fate.KEPT

    @property
    def goes_back(self) -> bool:
        """Whether the sums withheld are to be paid after all."""
        return self.fate in {Fate.RELEASED, Fate.GIVEN_BACK}

    @property
    def goes_back_with(self) -> date | None:
        """The first month whose payment gives the sums back: the one in which withholding ended."""
        return month_start(self.ended_on) if self.goes_back and self.ended_on else None

    def covers(self, month: date) -> bool:
        """Whether the instalment of `month` is withheld of: it goes, whole, by what is so when the month ends.

        So a month certified late says the same as in time. A notice that was withdrawn withholds nothing.
        """
        end = month_end(month)
        is_withheld = self.began_on <= end and (self.ended_on is None or self.ended_on > end)
        return is_withheld and self.fate is not Fate.GIVEN_BACK

    def part_of(self, instalment: Decimal) -> Decimal:
        """The percentage of one month's own instalment, to the nearest penny."""
        return (instalment * self.percent / 100).quantize(PENNY, rounding=ROUND_HALF_UP)


def within(parts: Iterable[Decimal], room: Decimal) -> tuple[Decimal, ...]:
    """The parts that several notices withhold of one instalment, in their order: together never more than `room`.

    What does not fit is not withheld later.
    """
    left, taken = max(NOTHING, room), []
    for part in parts:
        taken.append(min(part, left))
        left -= taken[-1]
    return tuple(taken)


def held_still(
    withheld: Mapping[date, Decimal], by_today: Mapping[date, Decimal], given_back: Decimal
) -> dict[date, Decimal]:
    """What is withheld still of the sums `withheld`, by month: no more than today's instalments would have withheld.

    A month without a sum in `by_today` keeps its own. What was `given_back` before is not taken off once more.
    """
    left, held = sum(withheld.values(), NOTHING) - given_back, {}
    for month, pounds in sorted(withheld.items()):
        less = max(NOTHING, min(pounds - by_today.get(month, pounds), left))
        held[month] = pounds - less
        left -= less
    return held


def to_give_back(
    withholding: Withholding, withheld: Mapping[date, Decimal], given_back: Decimal, month: date
) -> Decimal:
    """What the payment of `month` gives back of the sums `withheld`, by month, after what was `given_back` before.

    All of them where it is due by the rule; otherwise those of months that it turned out not to cover, as when its
    end was recorded late.
    """
    since = withholding.goes_back_with
    is_all = since is not None and month >= since
    owed = (pounds for of, pounds in withheld.items() if is_all or not (since or withholding.covers(of)))
    return max(NOTHING, sum(owed, NOTHING) - given_back)
