"""From a series to an XmR chart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, groupby
from operator import itemgetter

from performance.spc.icons import assurance_icon, assurance_type, point_type, variation_icon
from performance.spc.limits import Limits, as_decimal, process_limits
from performance.spc.rules import COMMON_CAUSE, Position, position_of, special_causes
from performance.spc.shapes import Direction, SpcChart, SpcOptions, SpcPoint, can_be_charted

Row = tuple[date, Decimal | None]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows between two step changes, with the limits worked out from them."""

    number: int
    rows: list[Row]
    limits: Limits
    is_short: bool


def xmr(dates: Sequence[date], values: Sequence[Decimal | None], options: SpcOptions) -> SpcChart:
    """The XmR chart of a series, equal to NHSRplotthedots 0.2.2 with the same options.

    `dates` in any order, each once; `values` in one unit, None where a month has no value. Every row is a
    neighbour of the next, however many days lie between: a month without a value must be given as None, and
    is then a gap that no moving range, run or set of three reaches across. Raises ValueError for series of
    different lengths, a date that comes twice, or a value that is not finite.
    """
    rows = _ordered(dates, values)
    groups = [_group(number, members, options) for number, members in _rebased(rows, options)]
    points = tuple(point for group in groups for point in _points(group, options))
    return _chart(points, groups[-1].limits if groups else Limits(None, None), options)


def _ordered(dates: Sequence[date], values: Sequence[Decimal | None]) -> list[Row]:
    if len(dates) != len(values):
        raise ValueError(
            f"There are {len(dates)} dates and {len(values)} values: give one value, or none, for each date."
        )
    twice = [day.isoformat() for day, count in Counter(dates).items() if count > 1]
    if twice:
        raise ValueError(f"The date {twice[0]} comes more than once: give each date once.")
    unusable = [value for value in values if value is not None and not can_be_charted(value)]
    if unusable:
        raise ValueError(f"{unusable[0]} cannot be charted: give a number of fewer than 100 digits, or none.")
    return sorted(zip(dates, values, strict=True), key=lambda row: row[0])


def _rebased(rows: Sequence[Row], options: SpcOptions) -> Iterator[tuple[int, list[Row]]]:
    numbers = accumulate(int(day in options.rebase_dates) for day, _ in rows)
    for number, pairs in groupby(zip(numbers, rows, strict=True), key=itemgetter(0)):
        yield number, [row for _, row in pairs]


def _group(number: int, rows: list[Row], options: SpcOptions) -> Group:
    values = [value for _, value in rows]
    limits = process_limits(values, fix_after=options.fix_after, screen_outliers=options.screen_outliers)
    return Group(number=number, rows=rows, limits=limits, is_short=len(rows) < options.minimum_points)


def _points(group: Group, options: SpcOptions) -> list[SpcPoint]:
    values = [value for _, value in group.rows]
    positions = [position_of(value, group.limits) for value in values]
    causes = special_causes(values, positions, options)
    return [
        _point(row, position, cause, group, options.direction)
        for row, position, cause in zip(group.rows, positions, causes, strict=True)
    ]


def _point(row: Row, position: Position, cause: str, group: Group, direction: Direction) -> SpcPoint:
    return SpcPoint(
        date=row[0],
        value=row[1],
        rebase_group=group.number,
        mean=as_decimal(group.limits.mean),
        lpl=as_decimal(group.limits.lower),
        upl=as_decimal(group.limits.upper),
        near_lower=as_decimal(group.limits.near_lower),
        near_upper=as_decimal(group.limits.near_upper),
        outside_limits=position.is_outside,
        relative_to_mean=position.side,
        close_to_limits=position.is_close,
        special_cause_type=cause,
        special_cause_flag=cause != COMMON_CAUSE,
        point_type=point_type(cause, direction),
        short_group_warning=group.is_short,
    )


def _chart(points: tuple[SpcPoint, ...], limits: Limits, options: SpcOptions) -> SpcChart:
    with_value = [point for point in points if point.value is not None]
    last = with_value[-1] if with_value else None
    in_last_group = [point for point in with_value if point.rebase_group == points[-1].rebase_group]
    target = options.target if last else None
    assurance = assurance_type(options.direction, target, limits.lower, limits.upper)
    return SpcChart(
        points=points,
        variation_type=last.point_type if last else None,
        assurance_type=assurance,
        variation_icon=variation_icon(last.point_type, options.direction) if last else None,
        assurance_icon=assurance_icon(assurance),
        variation_on=last.date if last else None,
        provisional=len(in_last_group) < options.minimum_points,
        options=options,
    )
