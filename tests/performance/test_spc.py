"""What an XmR chart says: rules, gaps, step changes, ties, and what holds for every series."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.periods import add_months
from performance.spc import Direction, SpcChart, SpcOptions, SpcPoint, TwoOfThree, process_limits, xmr

FIRST = date(2018, 4, 1)
BASELINE = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]  # mean 10, mean moving range 15/11
WIDE = [0, 40] * 6  # mean 20, limits -86.4 and 126.4
ALTERNATING = [0, 1] * 7  # mean 0.5, limits -2.16 and 3.16


def months(count: int) -> list[date]:
    return [add_months(FIRST, number) for number in range(count)]


def chart(values: Sequence[object], **options: object) -> SpcChart:
    exact = [None if value is None else Decimal(str(value)) for value in values]
    return xmr(months(len(values)), exact, SpcOptions(**options))  # type: ignore[arg-type]


def causes(result: SpcChart) -> list[str]:
    return [point.special_cause_type for point in result.points]


def types(result: SpcChart) -> list[str]:
    return [point.point_type for point in result.points]


def test_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    point = chart(ALTERNATING).points[0]
    assert (point.mean, point.lpl, point.upl) == (Decimal("0.5"), Decimal("-2.16"), Decimal("3.16"))
    assert point.near_upper == pytest.approx(Decimal("0.5") + Decimal("5.32") / 3)


def test_a_point_exactly_on_a_limit_is_not_beyond_it() -> None:
    on_the_limit = chart([*BASELINE, "13.99", "13.6272727272727272727272727"], fix_after=12).points
    assert on_the_limit[-2].outside_limits
    flat = [0, 3] * 6
    for value in ("9.48", "-6.48"):  # 1.5 + and - 2.66 times 3: in binary floats the lower is missed
        assert chart([*flat, value], fix_after=12).points[-1].outside_limits is False
    for value in ("9.4800000000000001", "-6.4800000000000001"):
        assert chart([*flat, value], fix_after=12).points[-1].outside_limits is True


def test_a_point_exactly_two_thirds_of_the_way_is_not_close() -> None:
    flat = [0, 3] * 6  # two thirds of the way: 1.5 + and - 5.32
    for value in ("6.82", "-3.82"):
        assert chart([*flat, value], fix_after=12).points[-1].close_to_limits is False
    for value in ("6.83", "-3.83"):
        assert chart([*flat, value], fix_after=12).points[-1].close_to_limits is True


def test_a_limit_without_end_in_decimals_is_still_exact() -> None:
    # Mean 4/3 and mean moving range 1: three times the upper limit is 4 + 7.98.
    limits = process_limits([Decimal(1), Decimal(2), Decimal(1)], screen_outliers=False)
    assert limits.upper is not None
    assert limits.upper * 3 == Fraction("11.98")


def test_seven_on_one_side_are_a_shift_and_six_are_not() -> None:
    shift = [*BASELINE, "10.5", "10.4", "10.6", "10.5", "10.7", "10.5", "10.6"]
    assert causes(chart(shift, fix_after=12))[12:] == ["7 Points Above CL"] * 7
    assert causes(chart(shift[:-1], fix_after=12))[12:] == ["Common Cause"] * 6


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    broken = [*BASELINE, "10.5", "10.4", "10.6", "10", "10.7", "10.5", "10.6", "10.4", "10.6"]
    result = chart(broken, fix_after=12)
    assert result.points[15].relative_to_mean == 0
    assert set(causes(result)) == {"Common Cause"}


def test_a_trend_is_told_by_its_direction_not_by_its_side() -> None:
    rising = chart([*WIDE, 1, 2, 3, 4, 5, 6, 7], fix_after=12)
    assert causes(rising)[12:] == ["7 Point Trend (Increasing)"] * 7
    assert rising.points[-1].relative_to_mean == -1
    assert rising.variation_icon == "improvement_high"


def test_where_two_trends_meet_the_later_one_counts() -> None:
    peak = chart([*WIDE, 21, 22, 23, 24, 25, 26, 27, 26, 25, 24, 23, 22, 21], fix_after=12)
    assert causes(peak)[12:18] == ["7 Point Trend (Increasing)"] * 6
    assert causes(peak)[18:] == ["7 Point Trend (Decreasing)"] * 7
    valley = chart([*WIDE, 27, 26, 25, 24, 23, 22, 21, 22, 23, 24, 25, 26, 27], fix_after=12)
    assert causes(valley)[12:18] == ["7 Point Trend (Decreasing)"] * 6
    assert causes(valley)[18:] == ["7 Point Trend (Increasing)"] * 7


def test_a_level_step_between_two_trends_counts_as_falling() -> None:
    plateau = chart([*WIDE, 21, 22, 23, 24, 25, 26, 27, 27, 26, 25, 24, 23, 22, 21], fix_after=12)
    assert causes(plateau)[17:19] == ["7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"]


def test_the_third_of_two_in_three_must_be_on_the_same_side() -> None:
    same = chart([*BASELINE, "12.6", "10.5", "12.7", "9.8"], fix_after=12)
    assert causes(same)[12:] == ["2 in 3 Above CL", "Common Cause", "2 in 3 Above CL", "Common Cause"]
    other = chart([*BASELINE, "12.6", "9.9", "12.7", "9.8"], fix_after=12)
    assert set(causes(other)) == {"Common Cause"}


def test_the_later_wording_counts_points_beyond_a_limit() -> None:
    series = [*BASELINE, "15", "10.5", "12.7", "9.8"]
    package = chart(series, fix_after=12)
    later = chart(series, fix_after=12, two_of_three=TwoOfThree.BEYOND_TWO_THIRDS)
    assert causes(package)[12:15] == ["Above UCL", "Common Cause", "Common Cause"]
    assert causes(later)[12:15] == ["Above UCL", "Common Cause", "2 in 3 Above CL"]


def test_run_lengths_are_options() -> None:
    six = [*BASELINE, "10.5", "10.4", "10.6", "10.5", "10.7", "10.5"]
    assert causes(chart(six, fix_after=12, shift_run=6))[12:] == ["6 Points Above CL"] * 6
    rising = chart([5, 1, 2, 3, 4, 5, 6, 1], trend_run=6)
    assert causes(rising)[1:7] == ["6 Point Trend (Increasing)"] * 6


def test_screening_leaves_the_outlier_out_of_the_limits_and_keeps_it_on_the_chart() -> None:
    series = [*BASELINE, 60, 10]
    screened, unscreened = chart(series), chart(series, screen_outliers=False)
    assert screened.points[0].upl is not None
    assert unscreened.points[0].upl is not None
    assert screened.points[0].upl < unscreened.points[0].upl
    assert screened.points[0].mean == unscreened.points[0].mean
    assert causes(screened)[12] == "Above UCL"


def test_a_moving_range_of_exactly_3_267_times_the_mean_is_screened() -> None:
    small = Decimal("0.7733")  # ten of these and one of 3.267 have the mean 1
    values = [Decimal(0), small] * 5 + [Decimal(0), Decimal("3.267")]
    assert process_limits(values).distance == Fraction("2.66") * Fraction(small)
    assert process_limits(values, screen_outliers=False).distance == Fraction("2.66")
    below = [Decimal(0), small] * 5 + [Decimal(0), Decimal("3.2669")]
    assert process_limits(below).distance == process_limits(below, screen_outliers=False).distance


@pytest.mark.parametrize(
    ("direction", "high", "low"),
    [
        (Direction.INCREASE, "improvement_high", "concern_low"),
        (Direction.DECREASE, "concern_high", "improvement_low"),
        (Direction.NEUTRAL, "neutral_high", "neutral_low"),
    ],
)
def test_the_variation_icon_speaks_of_the_last_point(direction: Direction, high: str, low: str) -> None:
    assert chart([*BASELINE, 10, 60], direction=direction).variation_icon == high
    assert chart([*BASELINE, 10, -60], direction=direction).variation_icon == low
    assert chart([*BASELINE, 60, 10], direction=direction).variation_icon == "common_cause"


@pytest.mark.parametrize(
    ("direction", "target", "icon"),
    [
        (Direction.INCREASE, "3.16", "inconsistent"),
        (Direction.INCREASE, "3.161", "fail"),
        (Direction.INCREASE, "-2.16", "inconsistent"),
        (Direction.INCREASE, "-2.161", "pass"),
        (Direction.DECREASE, "3.161", "pass"),
        (Direction.DECREASE, "-2.161", "fail"),
        (Direction.NEUTRAL, "3.161", None),
    ],
)
def test_a_target_on_a_limit_is_hit_and_miss(direction: Direction, target: str, icon: str | None) -> None:
    assert chart(ALTERNATING, direction=direction, target=Decimal(target)).assurance_icon == icon


def test_assurance_is_against_the_limits_of_the_last_group() -> None:
    series = [*BASELINE, *[value + 50 for value in BASELINE]]
    with_step = chart(series, target=Decimal(30), rebase_dates=(months(24)[12],))
    assert with_step.assurance_icon == "pass"
    assert [point.rebase_group for point in with_step.points] == [0] * 12 + [1] * 12


def test_each_rebase_starts_moving_ranges_runs_and_fixing_anew() -> None:
    series = [*BASELINE, 1, 60, *[value + 50 for value in BASELINE], 80]
    result = chart(series, rebase_dates=(months(27)[14], months(27)[12]), fix_after=12)
    assert [point.rebase_group for point in result.points] == [0] * 12 + [1] * 2 + [2] * 13
    first, last = result.points[0], result.points[-1]
    assert last.mean == 60
    assert first.mean == 10
    assert last.upl is not None
    assert first.upl is not None
    assert last.upl - last.mean == pytest.approx(first.upl - first.mean)
    assert last.special_cause_type == "Above UCL"


def test_a_rebase_date_that_is_no_point_has_no_effect() -> None:
    assert chart(BASELINE, rebase_dates=(date(2018, 7, 15),)).points == chart(BASELINE).points


def test_short_groups_are_marked_and_the_chart_is_provisional() -> None:
    assert chart(BASELINE).provisional
    assert chart(BASELINE).points[0].short_group_warning
    assert not chart([*BASELINE, 10]).provisional
    assert not chart(BASELINE, minimum_points=12).provisional


def test_a_missing_month_is_a_gap_that_nothing_reaches_across() -> None:
    gap = chart([10, 12, None, 40, 42])
    point = gap.points[0]
    assert point.mean == 26  # of four values: the gap is not zero
    assert point.upl is not None
    assert point.upl - 26 == Decimal("5.32")
    empty = gap.points[2]
    assert (empty.value, empty.relative_to_mean, empty.outside_limits, empty.close_to_limits) == (None,) * 4
    assert not empty.special_cause_flag


def test_a_missing_month_breaks_trends_shifts_and_sets_of_three() -> None:
    trend = [*WIDE, 17, 18, 19, None, 21, 22, 23, 24, 25, 26]
    assert set(causes(chart(trend, fix_after=12))) == {"Common Cause"}
    shift = [*BASELINE, "10.5", "10.4", "10.6", None, "10.5", "10.7", "10.5", "10.6"]
    assert set(causes(chart(shift, fix_after=12))) == {"Common Cause"}
    three = [*BASELINE, "12.6", None, "12.7", "9.8"]
    assert set(causes(chart(three, fix_after=12))) == {"Common Cause"}


def test_a_missing_last_month_leaves_the_icon_to_the_last_value() -> None:
    result = chart([*BASELINE, 10, 60, None])
    assert result.variation_icon == "improvement_high"
    assert result.variation_on == months(14)[-1]


def test_missing_months_do_not_count_towards_the_minimum() -> None:
    assert chart([*BASELINE, None]).provisional


@pytest.mark.parametrize("values", [[], [None], [None, None]])
def test_no_values_make_a_chart_without_icons(values: list[None]) -> None:
    result = chart(values, target=Decimal(3))
    assert (result.variation_icon, result.assurance_icon, result.variation_on) == (None, None, None)
    assert result.provisional
    assert not result.limits_are_available


@pytest.mark.parametrize("values", [[10], [5] * 13])
def test_limits_that_cannot_be_worked_out_are_none(values: list[int]) -> None:
    result = chart(values)
    point = result.points[0]
    assert point.mean == values[0]
    assert (point.lpl, point.upl, point.near_lower, point.near_upper, point.outside_limits) == (None,) * 5
    assert not result.limits_are_available


def test_a_constant_series_without_screening_has_limits_on_the_mean() -> None:
    result = chart([*[5] * 12, "5.01"], screen_outliers=False, fix_after=12)
    assert result.points[0].upl == result.points[0].lpl == 5
    assert causes(result)[-1] == "Above UCL"


def test_without_limits_shifts_are_still_seen() -> None:
    assert causes(chart([*[5] * 12, *[6] * 7], fix_after=12))[12:] == ["7 Points Above CL"] * 7


def test_dates_may_come_in_any_order() -> None:
    days = months(14)
    values = [Decimal(value) for value in [*BASELINE, 60, 10]]
    turned = xmr(days[::-1], values[::-1], SpcOptions())
    assert turned == xmr(days, values, SpcOptions())


def test_the_callers_decimal_context_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 4
        rough = chart(BASELINE)
    assert rough == chart(BASELINE)


@pytest.mark.parametrize(
    ("days", "values", "says"),
    [
        (months(2), [Decimal(1)], "2 dates and 1 values"),
        ([FIRST, FIRST], [Decimal(1), Decimal(2)], "2018-04-01 comes more than once"),
        (months(1), [Decimal("NaN")], "NaN cannot be charted"),
        (months(1), [Decimal("Infinity")], "Infinity cannot be charted"),
        (months(1), [Decimal("1e999999")], "cannot be charted"),
    ],
)
def test_a_series_that_cannot_be_charted_is_refused(days: list[date], values: list[Decimal | None], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        xmr(days, values, SpcOptions())


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"fix_after": 11}, "12 or more"),
        ({"shift_run": 1}, "2 or more"),
        ({"trend_run": 0}, "2 or more"),
        ({"target": Decimal("NaN")}, "target NaN"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        SpcOptions(**options)  # type: ignore[arg-type]


def test_the_options_are_put_into_words() -> None:
    plain = SpcOptions().wording()
    assert "A shift is 7 points in a row on one side of the mean." in plain
    assert "No step change is recorded." in plain
    assert "An increase counts as better." in plain
    other = " ".join(
        SpcOptions(
            direction=Direction.NEUTRAL,
            fix_after=12,
            screen_outliers=False,
            rebase_dates=(date(2019, 4, 1), date(2018, 9, 1)),
            two_of_three=TwoOfThree.BEYOND_TWO_THIRDS,
        ).wording()
    )
    assert "anew from: 1 September 2018, 1 April 2019." in other
    assert "first 12 points" in other
    assert "Every moving range counts" in other
    assert "Neither an increase nor a decrease" in other
    assert "or beyond the limit" in other


EXACT = st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False)
SERIES = st.lists(st.one_of(EXACT, st.integers(-3, 3).map(Decimal)), min_size=1, max_size=30)
GAPPED = st.lists(st.one_of(st.none(), st.integers(-4, 4).map(Decimal)), min_size=1, max_size=30)


@given(SERIES, st.booleans())
def test_limits_lie_symmetrically_about_the_mean(values: list[Decimal], screen: bool) -> None:
    for point in chart(values, screen_outliers=screen).points:
        if point.upl is None or point.lpl is None or point.mean is None:
            assert point.upl is point.lpl is point.near_upper is None
            continue
        assert point.lpl <= point.mean <= point.upl
        assert point.upl + point.lpl == pytest.approx(2 * point.mean, abs=Decimal("1e-20"))


def judged(point: SpcPoint) -> tuple[object, ...]:
    return (point.outside_limits, point.close_to_limits, point.relative_to_mean, point.special_cause_type)


@given(GAPPED, EXACT, st.integers(1, 1000))
def test_moving_and_stretching_a_series_changes_no_judgement(
    values: list[Decimal | None], moved: Decimal, stretched: int
) -> None:
    changed = [None if value is None else value * stretched / 8 + moved for value in values]
    step = (months(9)[-1],)
    before, after = chart(values, rebase_dates=step), chart(changed, rebase_dates=step)
    assert [judged(point) for point in before.points] == [judged(point) for point in after.points]


@given(GAPPED)
def test_better_when_rising_is_better_when_falling_upside_down(values: list[Decimal | None]) -> None:
    # A level step between two trends counts as falling either way up, as in the package.
    assume(all(before is None or before != after for before, after in pairwise(values)))
    upside_down = [None if value is None else -value for value in values]
    rising = chart(values, direction=Direction.INCREASE)
    falling = chart(upside_down, direction=Direction.DECREASE)
    assert types(rising) == types(falling)


@given(GAPPED)
def test_improvement_and_concern_change_places_with_the_direction(values: list[Decimal | None]) -> None:
    swapped = {
        "special_cause_improvement": "special_cause_concern",
        "special_cause_concern": "special_cause_improvement",
        "common_cause": "common_cause",
    }
    up, down = chart(values, direction=Direction.INCREASE), chart(values, direction=Direction.DECREASE)
    assert [swapped[kind] for kind in types(up)] == types(down)


@given(GAPPED)
def test_a_flag_and_its_type_say_the_same(values: list[Decimal | None]) -> None:
    for point in chart(values).points:
        assert point.special_cause_flag == (point.special_cause_type != "Common Cause")
        assert point.special_cause_flag == (point.point_type != "common_cause")
        assert not (point.value is None and point.special_cause_flag)
