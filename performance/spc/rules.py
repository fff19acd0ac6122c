"""The special-cause rules of Making Data Count, each over one rebase group in date order.

A missing value (None) breaks every run and every set of three; it never joins its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from performance.spc.limits import NEAR_SHARE, Limits
from performance.spc.shapes import SpcOptions, TwoOfThree

COMMON_CAUSE = "Common Cause"
NEAR_POINTS_OF_THREE = 2


@dataclass(frozen=True, slots=True)
class Position:
    """Where a point lies against its limits; None where its value or the limits are missing."""

    side: int | None
    is_outside: bool | None
    is_close: bool | None


def sign(number: Fraction) -> int:
    """-1, 0 or 1."""
    return (number > 0) - (number < 0)


def position_of(value: Decimal | None, limits: Limits) -> Position:
    """Side of the mean, beyond a limit (strictly), close: beyond two thirds of the way and not outside."""
    if value is None or limits.mean is None:
        return Position(side=None, is_outside=None, is_close=None)
    offset = Fraction(value) - limits.mean
    if limits.distance is None:
        return Position(side=sign(offset), is_outside=None, is_close=None)
    is_outside = abs(offset) > limits.distance
    is_close = not is_outside and abs(offset) > NEAR_SHARE * limits.distance
    return Position(side=sign(offset), is_outside=is_outside, is_close=is_close)


def run_of(signs: Sequence[int | None], length: int) -> int:
    """1 if the last `length` signs are all 1, -1 if all are -1, else 0."""
    last = signs[-length:]
    if len(last) < length or len(set(last)) > 1:
        return 0
    return last[0] or 0


def seven_point_one_side_mean(sides: Sequence[int | None], run: int = 7) -> list[int]:
    """1 at each point that ends a run of `run` points on one side of the mean; one on the mean breaks it."""
    return [abs(run_of(sides[:end], run)) for end in range(1, len(sides) + 1)]


def seven_point_trend(values: Sequence[Decimal | None], run: int = 7) -> list[int]:
    """1 (rising) or -1 (falling) at each point that ends a run of `run` points; equal neighbours break it."""
    steps = [_step(before, after) for before, after in pairwise(values)]
    return [run_of(steps[:end], run - 1) for end in range(len(values))]


def _step(before: Decimal | None, after: Decimal | None) -> int | None:
    return None if before is None or after is None else (after > before) - (after < before)


def part_of_seven(ends: Sequence[int], run: int = 7) -> list[int]:
    """1 at each point that belongs to a run whose end `ends` marks."""
    return [int(any(ends[start : start + run])) for start in range(len(ends))]


def two_in_three(near: Sequence[bool | int | None], sides: Sequence[int | None]) -> list[int]:
    """1 at each point of three in a row that are on one side of the mean with two or more near a limit."""
    found = [0] * len(sides)
    for start in range(len(sides) - 2):
        window = slice(start, start + 3)
        is_one_side = set(sides[window]) in ({1}, {-1})
        if is_one_side and sum(map(bool, near[window])) >= NEAR_POINTS_OF_THREE:
            found[window] = [1, 1, 1]
    return found


def part_of_two_in_three(in_three: Sequence[int], near: Sequence[bool | int | None]) -> list[int]:
    """1 at the near points only: the third of the three is not special."""
    return [int(bool(each) and bool(is_near)) for each, is_near in zip(in_three, near, strict=True)]


def trend_directions(values: Sequence[Decimal | None], trend: Sequence[int]) -> list[int]:
    """For points of a trend, 1 where it rises and -1 where it does not.

    A point whose next neighbour is in a trend too looks forward, others look back: where two trends meet in
    a point it takes the later one, and a level step between two trends counts as falling (both as the
    package does).
    """
    directions = []
    for index in range(len(values)):
        forward = bool(trend[index]) and any(trend[index + 1 : index + 2])
        first = index if forward else max(index - 1, 0)
        step = _step(values[first], values[min(first + 1, len(values) - 1)])
        directions.append(1 if step == 1 else -1)
    return directions


def special_causes(values: Sequence[Decimal | None], positions: Sequence[Position], options: SpcOptions) -> list[str]:
    """The words for each point of a group, in the R package's own spelling."""
    sides = [each.side for each in positions]
    trend = part_of_seven(seven_point_trend(values, options.trend_run), options.trend_run)
    shift = part_of_seven(seven_point_one_side_mean(sides, options.shift_run), options.shift_run)
    near = [_counts_as_near(each, options.two_of_three) for each in positions]
    of_three = part_of_two_in_three(two_in_three(near, sides), near)
    directions = trend_directions(values, trend)
    trends = [way if is_part else 0 for way, is_part in zip(directions, trend, strict=True)]
    return [
        _first_cause(position, trend=trends[i], in_three=of_three[i], shift=shift[i], options=options)
        for i, position in enumerate(positions)
    ]


def _first_cause(position: Position, *, trend: int, in_three: int, shift: int, options: SpcOptions) -> str:
    """The rule that names a point: beyond a limit, then trend, then two of three, then shift."""
    is_above = position.side == 1
    if position.is_outside:
        return "Above UCL" if is_above else "Below LCL"
    if trend:
        return f"{options.trend_run} Point Trend ({'In' if trend == 1 else 'De'}creasing)"
    if in_three:
        return f"2 in 3 {'Above' if is_above else 'Below'} CL"
    if shift:
        return f"{options.shift_run} Points {'Above' if is_above else 'Below'} CL"
    return COMMON_CAUSE


def _counts_as_near(position: Position, rule: TwoOfThree) -> bool:
    is_beyond_too = rule is TwoOfThree.BEYOND_TWO_THIRDS and bool(position.is_outside)
    return bool(position.is_close) or is_beyond_too
