"""How complete and timely returns are, in numbers and at a glance."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.access import standing_of
from contracts.audit import Actor
from contracts.models import Role
from contracts.periods import add_months
from performance.actions.days import make_obligations
from performance.lateness import ReturnState
from performance.models import Version
from performance.return_pages.calendar import ReturnsPage, returns_page
from performance.return_pages.month_rows import ReturnRow
from performance.return_pages.rates import rates_of
from performance.return_pages.year_grid import SHORT, year_grid
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, LONDON, Kent, take_in
from tests.signing import signed_off
from tests.visiting import RETURNS, hand_in, text_of, visitor

APRIL, SEPTEMBER = date(2018, 4, 1), date(2019, 9, 1)


def row(month: date, state: ReturnState, signed_on: date | None, *, is_due: bool = True) -> ReturnRow:
    """A month's row, due on the 14th after it."""
    due_on = add_months(month, 1).replace(day=14)
    return ReturnRow(month, due_on, state, "", None, None, None, None, signed_on, is_due, is_required=True)


@st.composite
def rows_of_months(draw: st.DrawFn) -> list[ReturnRow]:
    months = [add_months(APRIL, number) for number in range(draw(st.integers(0, 40)))]
    days = st.none() | st.dates(date(2018, 4, 1), date(2022, 1, 1))
    return [row(month, draw(st.sampled_from(ReturnState)), draw(days), is_due=draw(st.booleans())) for month in months][
        ::-1
    ]


@given(rows_of_months())
def test_the_years_add_to_all_and_no_share_is_above_the_whole(rows: list[ReturnRow]) -> None:
    rates = rates_of(rows)
    assert bool(rates) == any(one.is_due for one in rows)
    for name in ("received", "on_time", "accepted"):
        every = [getattr(one, name) for one in rates]
        assert [(one.count, one.of) for one in every[:1]] == [
            (sum(one.count for one in every[1:]), sum(one.of for one in every[1:])) for _ in every[:1]
        ]
        assert all(0 <= one.count <= one.of and one.percent is not None for one in every)
    assert all(one.on_time.count <= one.received.count for one in rates)


@given(rows_of_months())
def test_every_month_stands_in_the_grid_once_and_a_year_has_twelve(rows: list[ReturnRow]) -> None:
    grid = year_grid(rows, max((one.month for one in rows), default=APRIL))
    assert all(len(year.months) == 12 and year.months[0].month.month == 4 for year in grid)
    shown = [cell.month for year in grid for cell in year.months if cell.row]
    assert sorted(shown) == sorted(one.month for one in rows)


def test_every_state_has_a_short_word() -> None:
    assert SHORT.keys() == set(ReturnState)
    assert len(set(SHORT.values())) == len(SHORT)


def page_of(kent: Kent, role: Role = Role.COUNCIL_COMMISSIONER, on: date = DEMO_DAY) -> ReturnsPage:
    return returns_page(standing_of(kent.people[role], kent.agreement), on=on)


@pytest.fixture
def some(kent: Kent) -> Kent:
    """July and August accepted, September signed off a day late, all others missing."""
    make_obligations(kent.agreement, until=date(2019, 12, 1))
    take_in(kent, [date(2019, 7, 1), date(2019, 8, 1)])
    hand_in(visitor(kent, Role.PROVIDER_EDITOR), workbook_with({}, month=SEPTEMBER))
    at = datetime(2019, 10, 15, 9, 0, tzinfo=LONDON)
    signatory = Actor.person(kent.people[Role.PROVIDER_SIGNATORY])
    signed_off(Version.objects.get(of_return__month=SEPTEMBER), signatory, at)
    return kent


@pytest.mark.parametrize("role", [Role.COUNCIL_COMMISSIONER, Role.PROVIDER_EDITOR])
def test_the_rates_have_both_numbers_for_provider_and_commissioners_alike(some: Kent, role: Role) -> None:
    every, this_year, last_year = page_of(some, role).rates
    assert (every.received.count, every.on_time.count, every.accepted.count, every.accepted.of) == (3, 2, 2, 18)
    assert (this_year.period, this_year.received.count, this_year.received.of) == ("April to March 2019/20", 3, 6)
    assert (last_year.received.count, last_year.received.of) == (0, 12)
    said = text_of(visitor(some, role).get(RETURNS))
    assert "All years 16.7% 3 of 18 11.1% 2 of 18 11.1% 2 of 18" in said
    assert "April to March 2019/20 50.0% 3 of 6 33.3% 2 of 6 33.3% 2 of 6" in said


def test_a_draft_is_not_received(kent: Kent) -> None:
    make_obligations(kent.agreement, until=date(2019, 12, 1))
    hand_in(visitor(kent, Role.PROVIDER_EDITOR), workbook_with({}, month=SEPTEMBER))
    assert page_of(kent, Role.PROVIDER_EDITOR).rates[0].received.count == 0


def test_an_early_return_that_nobody_asked_for_is_in_no_rate(some: Kent) -> None:
    some.agreement.returns_from = date(2019, 8, 1)
    some.agreement.save()
    (every, year) = page_of(some).rates
    assert (every.received.count, every.received.of) == (2, 2)
    assert year.accepted.count == 1


def test_the_grid_says_each_months_state_in_words(some: Kent) -> None:
    said = text_of(visitor(some, Role.COUNCIL_COMMISSIONER).get(RETURNS))
    assert "2019/20 Late Late Late Accepted Accepted Waiting Not due Not due – No return" in said
    assert "2018/19 Late Late Late Late Late Late Late Late Late Late Late Late" in said


def test_nothing_due_has_no_rates(kent: Kent) -> None:
    make_obligations(kent.agreement, until=date(2019, 12, 1))
    assert page_of(kent, on=date(2018, 4, 20)).rates == ()
