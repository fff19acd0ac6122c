"""What a notice withholds of a month, and what becomes of it: examples, and what holds for any."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import add_months
from funding.withholding import Ending, Fate, Withholding, held_still, to_give_back, within

JUNE, JULY, AUGUST = date(2019, 6, 1), date(2019, 7, 1), date(2019, 8, 1)
EARLY_HELP = Decimal("100000.00")


def withheld_since(began: date, ended: date | None = None, ending: Ending | None = None, kept: int | None = 6):
    return Withholding(Decimal(2), began, kept, ended, ending)


def test_two_percent_of_early_help_is_two_thousand_pounds():
    # The worked example: £1,200,000 a year is £100,000.00 a month.
    assert withheld_since(date(2019, 6, 3)).part_of(EARLY_HELP) == Decimal("2000.00")


@pytest.mark.parametrize(
    ("percent", "instalment", "part"),
    [
        ("2", "20000.00", "400.00"),
        ("2.5", "18083.33", "452.08"),
        ("1.5", "33.00", "0.50"),
        ("1.5", "32.99", "0.49"),
        ("100", "18083.33", "18083.33"),
        ("0.01", "0.00", "0.00"),
        ("0.01", "49.99", "0.00"),
    ],
)
def test_a_part_is_to_the_nearest_penny(percent, instalment, part):
    assert Withholding(Decimal(percent), JUNE).part_of(Decimal(instalment)) == Decimal(part)


@pytest.mark.parametrize(
    ("began", "ended", "months"),
    [
        (date(2019, 6, 1), date(2019, 7, 31), [6]),
        (date(2019, 6, 30), date(2019, 7, 1), [6]),
        (date(2019, 6, 3), date(2019, 6, 30), []),
        (date(2019, 6, 3), date(2019, 8, 1), [6, 7]),
        (date(2019, 7, 1), None, [7, 8, 9]),
        (date(2019, 5, 31), date(2019, 6, 1), [5]),
    ],
)
def test_a_month_is_withheld_of_by_what_is_so_when_it_ends(began, ended, months):
    ending = Ending.PUT_RIGHT if ended else None
    held = withheld_since(began, ended, ending)
    assert [month for month in range(5, 10) if held.covers(date(2019, month, 1))] == months


@pytest.mark.parametrize(
    ("ended", "ending", "kept", "fate"),
    [
        (None, None, 6, Fate.HELD),
        (date(2019, 7, 10), Ending.PUT_RIGHT, 6, Fate.RELEASED),
        (date(2019, 12, 3), Ending.PUT_RIGHT, 6, Fate.RELEASED),
        (date(2019, 12, 4), Ending.PUT_RIGHT, 6, Fate.KEPT),
        (date(2022, 1, 1), Ending.PUT_RIGHT, None, Fate.RELEASED),
        (date(2019, 6, 4), Ending.PUT_RIGHT, 0, Fate.KEPT),
        (date(2019, 7, 10), Ending.NOT_PUT_RIGHT, 6, Fate.KEPT),
        (date(2019, 7, 10), Ending.NOT_PUT_RIGHT, None, Fate.KEPT),
        (date(2020, 7, 10), Ending.WITHDRAWN, 6, Fate.GIVEN_BACK),
    ],
)
def test_what_is_withheld_is_released_or_kept_by_the_rule(ended, ending, kept, fate):
    assert withheld_since(date(2019, 6, 3), ended, ending, kept).fate is fate


def test_months_of_six_from_the_end_of_august_end_with_february():
    assert withheld_since(date(2019, 8, 31)).released_until == date(2020, 2, 29)


def test_a_withdrawn_notice_withholds_nothing_of_any_month():
    held = withheld_since(date(2019, 6, 3), date(2019, 9, 3), Ending.WITHDRAWN)
    assert not any(held.covers(date(2019, month, 1)) for month in range(5, 11))


def test_what_was_withheld_goes_back_with_the_month_in_which_it_ended_and_once():
    held = withheld_since(date(2019, 6, 3), date(2019, 7, 10), Ending.PUT_RIGHT)
    took = {JUNE: held.part_of(EARLY_HELP)}
    assert to_give_back(held, took, Decimal(0), JUNE) == 0
    assert to_give_back(held, took, Decimal(0), JULY) == took[JUNE]
    assert to_give_back(held, took, took[JUNE], AUGUST) == 0


def test_what_is_kept_never_goes_back():
    held = withheld_since(date(2019, 6, 3), date(2019, 7, 10), Ending.NOT_PUT_RIGHT)
    assert to_give_back(held, {JUNE: EARLY_HELP}, Decimal(0), AUGUST) == 0


def test_what_was_kept_of_a_month_after_the_end_was_recorded_late_goes_back():
    held = withheld_since(date(2019, 6, 3), date(2019, 7, 10), Ending.NOT_PUT_RIGHT)
    took = {JUNE: Decimal("2000.00"), JULY: Decimal("1900.00")}
    assert to_give_back(held, took, Decimal(0), AUGUST) == Decimal("1900.00")
    assert to_give_back(held, took, Decimal("1900.00"), AUGUST) == 0


@pytest.mark.parametrize(
    ("parts", "room", "taken"),
    [
        (["60.00", "60.00"], "100.00", ["60.00", "40.00"]),
        (["60.00", "60.00", "1.00"], "60.00", ["60.00", "0.00", "0.00"]),
        (["5.00"], "-3.00", ["0.00"]),
        ([], "5.00", []),
    ],
)
def test_several_notices_take_no_more_than_the_instalment(parts, room, taken):
    assert within([Decimal(one) for one in parts], Decimal(room)) == tuple(Decimal(one) for one in taken)


@pytest.mark.parametrize(
    ("by_today", "given_back", "still"),
    [
        ({}, "0", ["2000.00", "1900.00"]),
        ({JUNE: "86.00"}, "0", ["86.00", "1900.00"]),
        ({JUNE: "86.00", JULY: "0.00"}, "0", ["86.00", "0.00"]),
        ({JUNE: "2500.00"}, "0", ["2000.00", "1900.00"]),
        # All of it went back before, and all but £1,000.00.
        ({JUNE: "86.00", JULY: "0.00"}, "3900.00", ["2000.00", "1900.00"]),
        ({JUNE: "86.00", JULY: "0.00"}, "2900.00", ["1000.00", "1900.00"]),
    ],
)
def test_no_more_is_held_of_a_month_than_its_instalment_bears_now(by_today, given_back, still):
    took = {JUNE: Decimal("2000.00"), JULY: Decimal("1900.00")}
    held = held_still(took, {month: Decimal(pounds) for month, pounds in by_today.items()}, Decimal(given_back))
    assert [held[JUNE], held[JULY]] == [Decimal(pounds) for pounds in still]


PENNIES = st.decimals(0, 10_000_000, places=2, allow_nan=False, allow_infinity=False)
PERCENTS = st.decimals(Decimal("0.01"), 100, places=2, allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(2017, 9, 1), date(2022, 8, 31))


@st.composite
def withholdings(draw) -> Withholding:
    began = draw(DAYS)
    ending = draw(st.sampled_from([None, *Ending]))
    ended = began + timedelta(draw(st.integers(0, 900))) if ending else None
    return Withholding(draw(PERCENTS), began, draw(st.none() | st.integers(0, 24)), ended, ending)


@given(PENNIES, st.lists(PERCENTS, max_size=6), PENNIES)
def test_what_is_taken_never_leaves_less_than_nothing(instalment, percents, others):
    room = instalment - min(others, instalment)
    taken = within([Withholding(one, JUNE).part_of(instalment) for one in percents], room)
    assert all(one >= 0 for one in taken)
    assert sum(taken, Decimal(0)) <= room


@given(withholdings(), st.lists(PENNIES, min_size=1, max_size=40))
def test_never_more_goes_back_than_was_withheld_and_all_or_nothing_of_it(held, instalments):
    withheld: dict[date, Decimal] = {}
    back = Decimal("0.00")
    first = date(2017, 9, 1)
    for at, due in enumerate(instalments):
        month = add_months(first, at)
        if held.covers(month):
            withheld[month] = held.part_of(due)
        back += to_give_back(held, withheld, back, month)
        assert 0 <= back <= sum(withheld.values())
    last = add_months(first, len(instalments) - 1)
    is_back = held.goes_back_with is not None and last >= held.goes_back_with
    assert back == (sum(withheld.values()) if is_back else 0)


@given(withholdings(), DAYS)
def test_a_month_that_is_withheld_of_is_before_the_one_that_gives_back(held, day):
    month = day.replace(day=1)
    if held.covers(month) and held.goes_back_with is not None:
        assert month < held.goes_back_with


@given(st.lists(st.tuples(PENNIES, PENNIES, st.booleans()), max_size=12), PENNIES)
def test_what_is_held_and_what_is_corrected_of_it_are_what_was_taken(months, before):
    """Whatever went back before: nobody gets more than was taken, by a release and by a correction together."""
    took = {add_months(JUNE, at): taken for at, (taken, _, _) in enumerate(months)}
    today = {add_months(JUNE, at): now for at, (_, now, is_known) in enumerate(months) if is_known}
    back = min(before, sum(took.values(), Decimal(0)))
    held = held_still(took, today, back)
    corrected = sum((took[month] - held[month] for month in took), Decimal(0))
    released = max(Decimal(0), sum(held.values(), Decimal(0)) - back)
    assert all(0 <= held[month] <= took[month] for month in took)
    assert corrected + released + back == sum(took.values(), Decimal(0))
