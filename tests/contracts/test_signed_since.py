"""Undoing what variations did to terms, pure: whatever was signed since, what was agreed before comes back."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.variations.ranges import DoesNotFit, Term, change_of
from contracts.variations.signed_since import Row, Signed, ends_before

FIRST = date(2019, 4, 1)
DAYS = st.integers(min_value=0, max_value=40)
CHANGES = st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(1, 5))), min_size=1, max_size=8)


def on(number: int) -> date:
    """A day by its number."""
    return FIRST + timedelta(days=number)


def rows(terms: list[Term]) -> list[Row]:
    return [Row("1-2", one.row or 0, one.in_force_from, one.in_force_until) for one in terms]


def sign(terms: list[Term], when: date, pounds: int | None) -> tuple[list[Term], Signed]:
    """The terms after a variation, and what it did."""
    change = change_of(terms, when, None if pounds is None else {"annual_amount": str(pounds)})
    ended = change.ended
    after = [Term(one.row, one.values, one.in_force_from, when) if one is ended else one for one in terms]
    if change.begins:
        begins = change.begins
        after.append(Term(len(terms) + 1, begins.values, begins.in_force_from, begins.in_force_until))
    held = ended.in_force_until if ended else None
    return after, Signed("funding", "1-2", ended.row if ended else None, held, when if change.begins else None)


@given(CHANGES, st.booleans())
def test_whatever_is_signed_since_what_was_agreed_before_comes_back(
    changes: list[tuple[int, int | None]], has_end: bool
) -> None:
    terms = [Term(1, {"annual_amount": "9"}, on(0), on(30) if has_end else None)]
    history, done = [terms], list[Signed]()
    for number, pounds in changes:
        try:
            terms, signed = sign(terms, on(number), pounds)
        except DoesNotFit:
            continue
        history.append(terms)
        done.append(signed)
    assume(done)
    for known, then in enumerate(history):
        undone = ends_before(rows(terms), reversed(done[known:]))
        assert undone == {one.row: one.in_force_until for one in then}


def test_another_thing_is_left_alone() -> None:
    held = [Row("1-2", 1, on(0), on(5)), Row("1-2", 2, on(5), None), Row("1-3", 3, on(5), None)]
    assert ends_before(held, [Signed("funding", "1-2", 1, None, on(5))]) == {1: None, 3: None}
    assert ends_before(held, []) == {1: on(5), 2: None, 3: None}


def test_a_row_that_is_gone_since_is_not_made_up() -> None:
    assert ends_before([], [Signed("funding", "1-2", 1, None, on(5))]) == {}
