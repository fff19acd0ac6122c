"""What goes into an XmR chart and what comes out: options, points, chart."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from contracts.formatting import day as day_written

LEAST_POINTS_TO_FIX = 12
SHORTEST_RUN = 2
LARGEST_EXPONENT = 100  # sums of exact fractions beyond it would only cost time


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class TwoOfThree(StrEnum):
    """Which points count for "two of three near a limit"; all three are on one side of the mean in both.

    `WITHIN_LIMITS` is what NHSRplotthedots 0.2.2 does: only points between two thirds of the way and the
    limit itself count. `BEYOND_TWO_THIRDS` is Making Data Count's wording from November 2023 (announced in
    the package's issue 194): points beyond the limit count too.
    """

    WITHIN_LIMITS = "within limits"
    BEYOND_TWO_THIRDS = "beyond two thirds"


def can_be_charted(value: Decimal) -> bool:
    """Whether the number is finite and of a size that can stand in a chart."""
    return value.is_finite() and (value == 0 or abs(value.adjusted()) < LARGEST_EXPONENT)


@dataclass(frozen=True, slots=True)
class SpcOptions:
    """Everything an XmR chart depends on beside its series; the defaults are the R package's.

    `target` is in the unit of the values. `rebase_dates` are dates of points from which limits are worked
    out anew (a date that is no point's date has no effect, as in the package). `fix_after` is the number of
    points, counted from the start of each rebase group, that limits are worked out from. `minimum_points`
    is the number of points below which limits are provisional.
    """

    direction: Direction = Direction.INCREASE
    target: Decimal | None = None
    rebase_dates: tuple[date, ...] = ()
    fix_after: int | None = None
    screen_outliers: bool = True
    shift_run: int = 7
    trend_run: int = 7
    two_of_three: TwoOfThree = TwoOfThree.WITHIN_LIMITS
    minimum_points: int = 13

    def __post_init__(self) -> None:
        if self.fix_after is not None and self.fix_after < LEAST_POINTS_TO_FIX:
            raise ValueError(
                f"Limits cannot be fixed after {self.fix_after} points: {LEAST_POINTS_TO_FIX} or more are "
                "needed. Give a larger number, or leave the limits unfixed."
            )
        if self.target is not None and not can_be_charted(self.target):
            raise ValueError(f"The target {self.target} cannot be charted: give fewer than 100 digits.")
        if min(self.shift_run, self.trend_run) < SHORTEST_RUN:
            raise ValueError(
                f"A run of {min(self.shift_run, self.trend_run)} points is no run: give {SHORTEST_RUN} "
                "or more (Making Data Count uses 7)."
            )

    def wording(self) -> tuple[str, ...]:
        """One sentence per option, to be printed with the chart."""
        return (
            _direction_wording(self.direction),
            f"A shift is {self.shift_run} points in a row on one side of the mean.",
            f"A trend is {self.trend_run} points in a row, each above (or each below) the one before.",
            _two_of_three_wording(self.two_of_three),
            _screening_wording(self.screen_outliers),
            _fixing_wording(self.fix_after),
            _rebase_wording(self.rebase_dates),
            f"With fewer than {self.minimum_points} points the limits are provisional.",
        )


def _direction_wording(direction: Direction) -> str:
    if direction is Direction.NEUTRAL:
        return "Neither an increase nor a decrease counts as better."
    return f"{'An increase' if direction is Direction.INCREASE else 'A decrease'} counts as better."


def _two_of_three_wording(rule: TwoOfThree) -> str:
    reach = (
        "between two thirds of the way and the limit"
        if rule is TwoOfThree.WITHIN_LIMITS
        else ("beyond two thirds of the way to the limit or beyond the limit")
    )
    return f"Two of three: of three points in a row on one side of the mean, two or more lie {reach}."


def _screening_wording(is_screened: bool) -> str:
    if is_screened:
        return "Moving ranges of 3.267 times their mean or more are left out of the limits."
    return "Every moving range counts towards the limits."


def _fixing_wording(fix_after: int | None) -> str:
    if fix_after is None:
        return "Limits are worked out from every point."
    return f"Limits are worked out from the first {fix_after} points and then kept."


def _rebase_wording(rebase_dates: tuple[date, ...]) -> str:
    if not rebase_dates:
        return "No step change is recorded."
    days = ", ".join(day_written(day) for day in sorted(rebase_dates))
    return f"Limits are worked out anew from: {days}."


@dataclass(frozen=True, slots=True)
class SpcPoint:
    """One point of an XmR chart.

    `value`, `mean`, `lpl`, `upl` (lower and upper process limit), `near_lower` and `near_upper` (two thirds
    of the way to them) are in the unit of the series. None means: no value in that month, or limits that
    cannot be worked out; whatever needs them is None too. `relative_to_mean` is -1, 0 or 1.
    """

    date: date
    value: Decimal | None
    rebase_group: int
    mean: Decimal | None
    lpl: Decimal | None
    upl: Decimal | None
    near_lower: Decimal | None
    near_upper: Decimal | None
    outside_limits: bool | None
    relative_to_mean: int | None
    close_to_limits: bool | None
    special_cause_type: str
    special_cause_flag: bool
    point_type: str
    short_group_warning: bool


@dataclass(frozen=True, slots=True)
class SpcChart:
    """An XmR chart: its points by date, what it says, and the options it was made with.

    `variation_on` is the date of the point the variation icon speaks of: the last one that has a value.
    `provisional` means that the latest group has fewer values than `options.minimum_points`.
    Where `limits_are_available` is false a page says so in place of limits and of the assurance icon:
    the package then answers "inconsistent" for any target, and so does `assurance_type` here.
    """

    points: tuple[SpcPoint, ...]
    variation_type: str | None
    assurance_type: str | None
    variation_icon: str | None
    assurance_icon: str | None
    variation_on: date | None
    provisional: bool
    options: SpcOptions

    @property
    def limits_are_available(self) -> bool:
        """Whether the latest group has process limits."""
        return bool(self.points) and self.points[-1].upl is not None
