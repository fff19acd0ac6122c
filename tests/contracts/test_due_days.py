"""Which Operational Day a month's return is due on, as terms change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.due_days import DueDayTerm, due_day_sentence, operational_day_of
from contracts.formatting import ordinal
from contracts.periods import month_end, month_start

START = date(2017, 9, 1)
days = st.dates(date(2017, 9, 1), date(2022, 8, 31))


@st.composite
def terms_one_after_another(draw: st.DrawFn) -> list[DueDayTerm]:
    """Terms without overlaps, from the agreement's start on, the last one open; in any order."""
    starts = [START, *sorted(draw(st.sets(days.filter(lambda one: one > START), max_size=5)))]
    numbers = draw(st.lists(st.integers(1, 60), min_size=len(starts), max_size=len(starts)))
    ends = [*starts[1:], None]
    rows = [DueDayTerm(*row) for row in zip(numbers, starts, ends, strict=True)]
    return draw(st.permutations(rows))


@given(terms_one_after_another(), days)
def test_the_term_in_force_on_the_last_day_of_the_month_counts(terms: list[DueDayTerm], on: date) -> None:
    begun = [term for term in terms if term.in_force_from <= month_end(on)]
    assert operational_day_of(month_start(on), terms) == max(begun, key=lambda one: one.in_force_from).operational_day


@given(terms_one_after_another(), days)
def test_a_month_is_due_by_one_term_whatever_day_of_it_is_asked_about(terms: list[DueDayTerm], on: date) -> None:
    assert operational_day_of(on, terms) == operational_day_of(month_end(on), terms)


def test_the_half_open_range_at_its_edges() -> None:
    tenth = DueDayTerm(10, START, date(2019, 9, 30))
    twelfth = DueDayTerm(12, date(2019, 9, 30))
    assert operational_day_of(date(2019, 8, 1), [tenth, twelfth]) == 10
    assert operational_day_of(date(2019, 9, 1), [tenth, twelfth]) == 12, "in force on the 30th"
    assert operational_day_of(date(2017, 8, 1), [tenth, twelfth]) is None
    ended = DueDayTerm(10, START, date(2019, 10, 31))
    assert operational_day_of(date(2019, 10, 1), [ended]) is None, "not in force on the 31st any more"
    assert operational_day_of(date(2019, 10, 1), []) is None


def test_the_sentence_names_the_day_in_force_and_what_comes() -> None:
    tenth = DueDayTerm(10, START, date(2020, 1, 1))
    first = DueDayTerm(1, date(2020, 1, 1))
    october = date(2019, 10, 1)
    assert due_day_sentence(october, [DueDayTerm(10, START)]) == (
        "A return is due on the 10th Operational Day after its month."
    )
    assert due_day_sentence(october, [first, tenth]) == (
        "A return is due on the 10th Operational Day after its month; from 1 January 2020 on the 1st."
    )
    assert due_day_sentence(date(2020, 1, 1), [first, tenth]).startswith("A return is due on the 1st Operational")
    assert "only half entered" in due_day_sentence(october, [])


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (20, "20th"), (21, "21st"), (22, "22nd"), (23, "23rd"), (60, "60th"), (101, "101st"), (111, "111th")],
)  # fmt: skip
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text
