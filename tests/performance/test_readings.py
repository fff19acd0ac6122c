"""What a chart says in words: one case for each rule."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from contracts.periods import add_months
from performance import readings
from performance.spc import Direction, SpcChart, SpcOptions, xmr

# Sheet Activity, cell F2 of the returns from April 2018 to August 2019.
EARLY_HELP = [88, 92, 95, 97, 99, 101, 104, 108, 112, 118, 126, 132, 187, 183, 186, 189, 191]
STEADY = [40, 42, 39, 41, 43, 38, 40, 42, 39, 41, 40, 42, 38, 41]
UP, DOWN, NEITHER = Direction.INCREASE, Direction.DECREASE, Direction.NEUTRAL


def chart_of(values: Sequence[int | None], **options) -> SpcChart:
    months = [add_months(date(2018, 4, 1), number) for number in range(len(values))]
    exact = [None if value is None else Decimal(value) for value in values]
    return xmr(months, exact, SpcOptions(**options))


def test_early_help_reads_as_its_page_says():
    assert readings.spc_reading(chart_of(EARLY_HELP, target=Decimal(300)), "children") == (
        "Every month since April 2019 is above the upper limit: the rise is real, not chance. "
        "The target of 300 is above it too, so at this level it will not be met."
    )


@pytest.mark.parametrize(
    ("values", "options", "sentence"),
    [
        ([None, None], {}, "No month has a value, so there is no chart."),
        ([None, 7], {}, "Only May 2018 has a value: 7 children. One month is no trend."),
        ([5] * 14, {}, "Limits are not available for these months, so a real change cannot be told from chance."),
        (STEADY, {}, "No real change: the months differ by no more than chance would make them."),
        (
            STEADY[:12],
            {},
            "Limits are provisional: they rest on 12 months, and 13 are needed.",
        ),
        (
            [*STEADY[:6], None, *STEADY[6:]],
            {},
            "No real change: the months differ by no more than chance would make them. 1 month of 15 has no value.",
        ),
        ([*STEADY, 70], {}, "June 2019 is above the upper limit: the rise is real, not chance."),
        (
            [*STEADY, 70],
            {"direction": DOWN},
            "June 2019 is above the upper limit: the rise is real, not chance, and it is for the worse.",
        ),
        (
            [*STEADY, 70],
            {"direction": NEITHER},
            "June 2019 is above the upper limit: the rise is real, not chance, and neither better nor worse in itself.",
        ),
        (
            [*STEADY, 10],
            {},
            "June 2019 is below the lower limit: the fall is real, not chance, and it is for the worse.",
        ),
        (
            [*STEADY, 10],
            {"direction": DOWN},
            "June 2019 is below the lower limit: the fall is real, not chance.",
        ),
        (
            [*[40, 44] * 7, *[43] * 7],
            {},
            "At least 7 months in a row are above the mean: the rise is real, not chance.",
        ),
        (
            [*[40, 50] * 6, 42, 43, 44, 45, 46, 47, 48],
            {},
            "The last 7 months have risen one after another: the rise is real, not chance.",
        ),
    ],
)
def test_each_state_has_its_words(values, options, sentence):
    assert readings.spc_reading(chart_of(values, **options), "children") == sentence


@pytest.mark.parametrize(
    ("target", "direction", "sentence"),
    [
        (90, UP, "The target of 90% is above the upper limit, so at this level it will not be met."),
        (10, UP, "The target of 10% is below the lower limit, so at this level it is met every month."),
        (90, DOWN, "The target of 90% is above the upper limit, so at this level it is met every month."),
        (10, DOWN, "The target of 10% is below the lower limit, so at this level it will not be met."),
        (
            40,
            UP,
            "The target of 40% lies between the limits, so at this level chance decides in which months it is met.",
        ),
    ],
)
def test_the_target_is_set_against_the_limits(target, direction, sentence):
    chart = chart_of(STEADY, target=Decimal(target), direction=direction)
    assert readings.spc_reading(chart, "percent").endswith(" " + sentence)


def test_a_lower_is_better_series_that_fell_below_its_target_is_not_called_out_of_reach():
    chart = chart_of([*STEADY, 10], target=Decimal(60), direction=DOWN)
    assert readings.spc_reading(chart, "percent").endswith("it is met every month.")


def test_limits_after_a_step_change_are_provisional_with_their_own_words():
    chart = chart_of(EARLY_HELP, rebase_dates=(date(2019, 4, 1),))
    assert readings.spc_reading(chart, "children").startswith(
        "Limits are provisional: fewer than 13 months have a value since the last step change."
    )


def test_the_options_are_printed_with_the_chart():
    assert readings.spc_notes(chart_of(EARLY_HELP), "children") == (
        "XmR chart. Mean 129.9; limits 120.0 and 139.8 (mean ± 2.66 × mean moving range). "
        "Outlying moving ranges are screened out. Runs of 7, trends of 7; 17 points. Step changes recorded: none."
    )
    stepped = chart_of(EARLY_HELP, rebase_dates=(date(2019, 4, 1),), screen_outliers=False)
    assert "No moving range is screened out." in readings.spc_notes(stepped, "children")
    assert readings.spc_notes(stepped, "children").endswith("Step changes recorded: April 2019.")
    assert "Limits not available." in readings.spc_notes(chart_of([5] * 14), "children")


@pytest.mark.parametrize(
    ("values", "options", "month"),
    [
        (EARLY_HELP, {}, date(2019, 4, 1)),
        (EARLY_HELP, {"rebase_dates": (date(2019, 4, 1),)}, None),
        (STEADY, {}, None),
        ([*STEADY, 70], {}, None),
        ([5] * 14, {}, None),
        ([], {}, None),
    ],
)
def test_a_step_change_is_offered_only_where_the_series_moved_and_stayed(values, options, month):
    assert readings.step_worth_recording(chart_of(values, **options)) == month


def test_words_in_place_of_a_chart():
    since = date(2018, 4, 1)
    assert readings.not_reported_reading(17, since) == (
        "No chart. Not reported in any of the 17 months since April 2018."
    )
    assert readings.not_reported_reading(1, since) == "No chart. Not reported in April 2018, the only month so far."


def test_a_value_stands_with_its_target():
    assert readings.value_against_target(Decimal(191), Decimal(300), "children") == (
        "191 children against a target of 300"
    )
    assert readings.value_against_target(Decimal(191), None, "children") == "191 children"
    assert readings.value_against_target(None, Decimal(300), "children") == ""


def test_limits_over_two_levels_do_not_contradict_the_latest_month():
    """A rise past a target that lies above limits drawn over both levels: the target is met now, and that is said."""
    chart = chart_of([*range(88, 106), 187, 183, 186, 189, 191], target=Decimal(180))
    reading = readings.spc_reading(chart, "children")
    assert "The target of 180 is met in the latest month" in reading
    assert "will not be met" not in reading
