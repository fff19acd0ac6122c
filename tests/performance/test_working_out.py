"""Working an indicator out, as properties: missing is never zero, zero is zero, nothing outside its months counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contracts.periods import add_months, count_months
from performance.indicators import PRECISION, Aggregation, Formula, FormulaTerm, Input, Worked, months_of, work_out

AUGUST = date(2019, 8, 1)
AMOUNTS = st.decimals(min_value=0, max_value=10**7, places=4)
AMOUNTS_OR_NONE = st.one_of(AMOUNTS, st.none())
MONTHS = st.dates(date(2017, 9, 1), date(2022, 8, 31)).map(lambda day: day.replace(day=1))
REASON = "Not reported."

Given = Mapping[tuple[str, date], Decimal | None]


@dataclass(frozen=True)
class Case:
    """A formula, a month, and every input it can ask for."""

    formula: Formula
    month: date
    given: Given

    def lookup(self, term: FormulaTerm, month: date) -> Input:
        """The input of a term in a month; asking outside the indicator's months is an error."""
        value = self.given[term.label, month]
        source = {"label": term.label, "month": f"{month:%Y-%m}"}
        return Input(value, "" if value is not None else REASON, (source,))

    def worked(self) -> Worked:
        return work_out(self.formula, self.month, self.lookup)

    def inputs(self, terms: tuple[FormulaTerm, ...]) -> list[Decimal | None]:
        """What the terms come to month by month, with their sign; None where an input is missing."""
        months = months_of(self.formula.aggregation, self.month)
        held = [(term, self.given[term.label, month]) for month in months for term in terms]
        return [None if value is None else -value if term.is_subtracted else value for term, value in held]


def precisely(top: Decimal, bottom: Decimal) -> Decimal:
    """The quotient to as many digits as are carried."""
    with localcontext(prec=PRECISION):
        return top / bottom


def terms_called(prefix: str, least: int) -> st.SearchStrategy[tuple[FormulaTerm, ...]]:
    """Some terms with names of their own, each added or taken away."""
    signs = st.lists(st.booleans(), min_size=least, max_size=3)
    return signs.map(
        lambda found: tuple(
            FormulaTerm("return", label=f"{prefix}{number}", is_subtracted=sign) for number, sign in enumerate(found)
        )
    )


@st.composite
def cases(draw: st.DrawFn, amounts: st.SearchStrategy[Decimal | None] = AMOUNTS_OR_NONE, denominators: int = 0) -> Case:
    """Any formula with the inputs of its own months, some of them missing."""
    numerator = draw(terms_called("n", 1))
    denominator = draw(terms_called("d", denominators))
    aggregation = draw(st.sampled_from(Aggregation))
    month = draw(MONTHS)
    formula = Formula(aggregation, numerator, denominator, is_percentage=draw(st.booleans()))
    keys = [(term.label, each) for term in (*numerator, *denominator) for each in months_of(aggregation, month)]
    values = draw(st.lists(amounts, min_size=len(keys), max_size=len(keys)))
    return Case(formula, month, dict(zip(keys, values, strict=True)))


@given(cases())
def test_a_value_or_a_reason_and_never_both(case: Case) -> None:
    worked = case.worked()
    assert (worked.value is None) == bool(worked.reason)


@given(cases())
def test_a_missing_input_leaves_no_value(case: Case) -> None:
    worked = case.worked()
    if None in case.given.values():
        assert worked.value is None
        assert REASON in worked.reason
    if None in case.inputs(case.formula.numerator):
        assert worked.numerator is None
    if case.formula.denominator and None in case.inputs(case.formula.denominator):
        assert worked.denominator is None


@given(cases(amounts=AMOUNTS))
def test_the_value_is_the_signed_sum_over_the_signed_sum(case: Case) -> None:
    worked = case.worked()
    top, bottom = (
        sum((value for value in case.inputs(terms) if value is not None), Decimal(0))
        for terms in (case.formula.numerator, case.formula.denominator)
    )
    assert worked.numerator == top
    if not case.formula.denominator:
        assert (worked.value, worked.denominator) == (top, None)
    elif bottom == 0:
        assert (worked.value, worked.denominator) == (None, Decimal(0))
        assert worked.reason == "Nothing to divide by: the denominator is 0."
    else:
        assert worked.denominator == bottom
        assert worked.value == precisely(top * (100 if case.formula.is_percentage else 1), bottom)


@given(cases(amounts=st.just(Decimal(0)), denominators=1))
def test_nothing_over_nothing_is_not_zero(case: Case) -> None:
    assert case.worked().value is None


@given(cases(amounts=st.just(Decimal(0))))
def test_zero_counts_as_zero(case: Case) -> None:
    assume(not case.formula.denominator)
    assert case.worked().value == 0


@given(cases(amounts=AMOUNTS))
def test_taking_away_what_was_added_turns_the_sign(case: Case) -> None:
    turned = tuple(replace(term, is_subtracted=not term.is_subtracted) for term in case.formula.numerator)
    value, opposite = case.worked().value, replace(case, formula=replace(case.formula, numerator=turned)).worked().value
    assert (None if value is None else value.copy_negate()) == opposite


@given(cases())
def test_every_input_keeps_where_it_came_from(case: Case) -> None:
    assert len(case.worked().sources) == len(case.given)


@given(st.sampled_from(Aggregation), MONTHS)
def test_an_indicator_looks_at_its_own_months_only(aggregation: Aggregation, month: date) -> None:
    months = months_of(aggregation, month)
    assert months[-1] == month
    assert months == [add_months(months[0], ahead) for ahead in range(len(months))]
    match aggregation:
        case Aggregation.ROLLING_12:
            assert len(months) == 12
        case Aggregation.YEAR_TO_DATE:
            assert months[0].month == 4
            assert 0 <= count_months(months[0], month) < 12
        case _:
            assert months == [month]


def share(values: Sequence[str | None]) -> Worked:
    """A rolling share whose months' numerators are given and whose denominators are 10 a month."""
    formula = Formula(
        Aggregation.ROLLING_12, (FormulaTerm("return", label="n"),), (FormulaTerm("return", label="d"),), True
    )
    months = months_of(Aggregation.ROLLING_12, AUGUST)
    given = {("n", month): None if text is None else Decimal(text) for month, text in zip(months, values, strict=True)}
    return Case(formula, AUGUST, given | {("d", month): Decimal(10) for month in months}).worked()


def test_a_rolling_share_is_the_ratio_of_the_sums() -> None:
    # Not the mean of twelve percentages: 12 × 5 and one month of 6 over 120.
    worked = share(["5"] * 11 + ["6"])
    assert (worked.numerator, worked.denominator) == (Decimal(61), Decimal(120))
    assert worked.value == precisely(Decimal(6100), Decimal(120))


@pytest.mark.parametrize(("missing", "count"), [(["1"] * 9 + [None] * 3, 3), ([None] * 12, 12)])
def test_a_rolling_share_says_how_many_months_it_lacks(missing: Sequence[str | None], count: int) -> None:
    worked = share(missing)
    assert worked.value is None
    assert worked.reason == f"Needs 12 months, and {count} of them cannot be used. {REASON}"


@given(MONTHS, MONTHS)
def test_a_year_to_date_begins_no_earlier_than_the_returns(month: date, returns_from: date) -> None:
    months = months_of(Aggregation.YEAR_TO_DATE, month, returns_from)
    assert set(months) <= set(months_of(Aggregation.YEAR_TO_DATE, month))
    assert months == [month] or months[0] >= returns_from


def test_the_first_year_to_date_begins_with_the_returns() -> None:
    june, august = date(2019, 6, 1), date(2019, 8, 1)
    assert months_of(Aggregation.YEAR_TO_DATE, august, june) == [june, date(2019, 7, 1), august]
    assert months_of(Aggregation.YEAR_TO_DATE, date(2020, 4, 1), june) == [date(2020, 4, 1)]
    assert months_of(Aggregation.YEAR_TO_DATE, date(2019, 5, 1), june) == [date(2019, 5, 1)]
    assert len(months_of(Aggregation.ROLLING_12, august, june)) == 12


def test_april_begins_the_year_to_date() -> None:
    assert months_of(Aggregation.YEAR_TO_DATE, date(2019, 4, 1)) == [date(2019, 4, 1)]
    assert months_of(Aggregation.YEAR_TO_DATE, date(2020, 3, 1))[0] == date(2019, 4, 1)
