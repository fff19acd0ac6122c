"""What other annual amounts would mean: the rules, worked by hand and as properties."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.models import ServiceElement
from contracts.periods import months_between
from funding.instalments import instalment
from funding.readings import what_if_reading
from funding.what_if import AnnualAmount, Changed, Question, WhatIf, as_agreed, as_asked
from funding.what_if_form import WhatIfForm

START, END, JANUARY = date(2017, 9, 1), date(2022, 9, 1), date(2020, 1, 1)
AGREED = {"ehu": 1_200_000, "khnes": 240_000, "lac": 1_000_000, "hsb": 217_000}  # 004 §1.8
CONTRACT = Decimal(16_457_000)
POUNDS = st.decimals(min_value=0, max_value=10**9, places=2)
MONTHS = st.sampled_from(months_between(START, END))


def worked(asked: dict[str, Decimal], first: date = JANUARY, agreed: dict[str, Decimal] | None = None) -> WhatIf:
    """Every element from the start of the contract, with the amounts asked."""
    question = Question(first, END, CONTRACT)
    held = {code: Decimal(pounds) for code, pounds in AGREED.items()} if agreed is None else agreed
    terms = {code: [AnnualAmount(pounds, START)] for code, pounds in held.items()}
    return WhatIf(
        question,
        tuple(
            Changed(code, code, as_agreed(terms[code], question), as_asked(terms[code], asked.get(code), question))
            for code in terms
        ),
    )


def test_the_2019_decision() -> None:
    """000: £1.257m stays, £1.2m of Early Help moves, £200k of KHNES goes through the DSG."""
    found = worked({"ehu": Decimal(0), "khnes": Decimal(40_000)})
    assert [found.old.annual, found.new.annual, found.moved] == [2_657_000, 1_257_000, 1_400_000]
    assert {one.code: one.moved for one in found.elements} == {"ehu": 1_200_000, "khnes": 200_000, "lac": 0, "hsb": 0}
    early_help, khnes = found.elements[:2]
    assert early_help.new.remaining == 0
    # January to March 2020, two whole years, April to August 2022; March takes what twelfths leave over.
    assert khnes.new.remaining == Decimal("10000.02") + 80_000 + Decimal("16666.65") + Decimal("0.01")
    assert khnes.new.monthly == Decimal("3333.33")


def test_the_shares_go_by_what_the_contract_then_comes_to() -> None:
    found = worked({"ehu": Decimal(0), "khnes": Decimal(40_000)})
    lac = found.elements[2]
    assert found.of_contract(lac.old.annual, is_new=False).whole == 16_457_000
    assert found.of_contract(lac.new.annual, is_new=True).whole == 15_057_000
    assert found.of_council(lac.new.annual, is_new=True).whole == 1_257_000


def test_the_cost_of_a_case_held_needs_a_caseload() -> None:
    found = worked({}).elements[0]
    held = Changed("ehu", "ehu", found.old, found.new, Decimal(191))
    assert f"{held.old_per_case:.2f}" == "523.56"
    assert found.old_per_case is None
    assert Changed("ehu", "ehu", found.old, found.new, Decimal(0)).new_per_case is None


@given(st.dictionaries(st.sampled_from(list(AGREED)), POUNDS), MONTHS)
def test_what_is_kept_and_what_moves_add_to_what_is_agreed(asked: dict[str, Decimal], first: date) -> None:
    found = worked(asked, first)
    assert found.old.annual - found.new.annual == found.moved == sum(one.moved for one in found.elements)
    assert found.old.remaining == sum(one.old.remaining for one in found.elements)


@given(st.dictionaries(st.sampled_from("abcd"), POUNDS, min_size=1), MONTHS)
def test_the_amounts_that_are_agreed_change_nothing(agreed: dict[str, Decimal], first: date) -> None:
    for asked in ({}, agreed):
        found = worked(asked, first, agreed)
        assert found.moved == 0
        assert all(one.old == one.new for one in found.elements)


@given(POUNDS, MONTHS)
def test_what_is_left_to_pay_is_the_sum_of_the_instalments(asked: Decimal, first: date) -> None:
    found = worked({"ehu": asked}, first).elements[0]
    assert found.new.remaining == sum(instalment(asked, month) for month in months_between(first, END))
    assert found.new.monthly == instalment(asked, first)


@given(POUNDS)
def test_twelve_months_from_april_are_the_year(asked: Decimal) -> None:
    question = Question(date(2021, 4, 1), date(2022, 4, 1), CONTRACT)
    assert as_asked([AnnualAmount(Decimal(1), START)], asked, question).remaining == asked


@given(POUNDS, st.dates(date(2020, 4, 2), date(2020, 4, 29)))
def test_a_month_that_the_agreement_ends_within_is_paid_by_days(pounds: Decimal, end: date) -> None:
    lasting = as_agreed([AnnualAmount(pounds, START)], Question(date(2020, 4, 1), end, CONTRACT)).remaining
    exact = instalment(pounds, date(2020, 4, 1)) * (end.day - 1) / 30
    assert 0 <= exact - lasting < Decimal("0.01")


def test_what_is_agreed_for_later_stays_unless_the_amount_is_changed() -> None:
    terms = [AnnualAmount(Decimal(1200), START, date(2021, 4, 1)), AnnualAmount(Decimal(2400), date(2021, 4, 1))]
    question = Question(date(2021, 3, 1), date(2021, 6, 1), CONTRACT)
    assert as_agreed(terms, question).remaining == 100 + 200 + 200
    assert as_asked(terms, Decimal(1200), question).remaining == 500
    assert as_asked(terms, Decimal(0), question).remaining == 0


@pytest.mark.parametrize(
    ("agreed", "asked", "said"),
    [
        ("100", "100", "All of the £100 a year is kept."),
        ("2657000", "1257000", "£1,257,000 of £2,657,000 a year is kept; £1,400,000 moves."),
        ("100", "150.50", "£150.50 a year in place of £100: £50.50 more."),
    ],
)
def test_the_sentence(agreed: str, asked: str, said: str) -> None:
    assert what_if_reading(Decimal(agreed), Decimal(asked)) == said


def form(agreed: str, asked: dict[str, str]) -> WhatIfForm:
    element = ServiceElement(code="ehu", name="Early Help")
    return WhatIfForm(asked, elements=[element], agreed={"ehu": Decimal(agreed)}, months=[JANUARY], first=JANUARY)


@pytest.mark.parametrize(
    "asked", [{}, {"ehu": "2,000,000,000.50"}, {"ehu": "2000000000.50"}, {"ehu": "£2000000000.50"}]
)
def test_an_amount_that_is_agreed_is_never_an_error(asked: dict[str, str]) -> None:
    found = form("2000000000.50", asked)
    assert found.is_valid(), found.errors
    assert found.amounts == {"ehu": Decimal("2000000000.50")}


def test_another_amount_is_read_as_everywhere() -> None:
    assert form("1200.00", {"ehu": "1,200.00"}).is_valid()
    other = form("1200.00", {"ehu": "£1,300.5"})
    assert other.is_valid()
    assert other.amounts == {"ehu": Decimal("1300.50")}
    for written in ("2000000000", "1,20", "-5", ""):
        assert not form("120.00", {"ehu": written}).is_valid()
