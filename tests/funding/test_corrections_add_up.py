"""Whatever changes between payments: nothing is left to propose after one, and what was paid is what should be."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contracts.periods import add_months
from funding.corrections import WorkedOut, still_to_correct
from funding.deductions import Posts
from funding.models import FundingLine, ItemKind, Payment, ShortfallBasis, ShortfallRate
from funding.queries.schedule import instalments
from funding.queries.shortfalls import shortfalls
from funding.queries.to_test import net_by_element
from tests.kent import Kent
from tests.money import certified, kcc, proposed

APRIL = date(2019, 4, 1)
MONTHS = 4
POUNDS = st.decimals(min_value=0, max_value=1_000_000, places=2, allow_nan=False)
WORKED_OUT = st.builds(lambda due, share: WorkedOut(due, min(due, share), Posts(share, Decimal(0))), POUNDS, POUNDS)


@given(WORKED_OUT, st.lists(WORKED_OUT, min_size=1))
def test_corrections_add_up_to_the_last_that_is_known(before: WorkedOut, later: list[WorkedOut]) -> None:
    corrected = Decimal(0)
    for now in later:
        corrected += still_to_correct(before, now, corrected)
        assert still_to_correct(before, now, corrected) == 0
    assert before.net + corrected == later[-1].net


@given(WORKED_OUT)
def test_what_was_never_known_is_no_correction(now: WorkedOut) -> None:
    unknown = WorkedOut(now.due, None)
    assert still_to_correct(unknown, unknown, Decimal(0)) == 0
    assert still_to_correct(unknown, now, Decimal(0)) == -(now.deducted or 0)


@given(WORKED_OUT, st.lists(WORKED_OUT, min_size=1))
def test_what_was_waived_is_neither_asked_for_again_nor_given_back(then: WorkedOut, later: list[WorkedOut]) -> None:
    before = replace(then, waived=then.deducted or Decimal(0))
    corrected = sum_of(before, later)
    last = later[-1]
    deducted = last.due - (before.net + corrected)
    assert deducted == max(0, (last.deducted or 0) - before.waived)
    assert still_to_correct(before, replace(then), Decimal(0)) == 0


@given(WORKED_OUT, POUNDS)
def test_a_deduction_kept_from_before_takes_no_more_than_the_instalment(before: WorkedOut, due: Decimal) -> None:
    paid = before.net + still_to_correct(before, replace(before, due=due), Decimal(0))
    assert paid == max(0, due - before.counted)


def sum_of(before: WorkedOut, later: list[WorkedOut]) -> Decimal:
    """All that is corrected where each correction is taken before the next."""
    corrected = Decimal(0)
    for now in later:
        corrected += still_to_correct(before, now, corrected)
    return corrected


TERMS = st.tuples(POUNDS, st.none() | POUNDS.filter(bool), st.none() | st.dates(date(2019, 4, 2), date(2019, 12, 31)))


@pytest.mark.django_db
@settings(max_examples=12)
@example([(Decimal("240000.00"), None, None), (Decimal("1000.00"), None, None)] * 2)
@given(st.lists(TERMS, min_size=MONTHS, max_size=MONTHS))
def test_after_each_payment_nothing_is_left_to_propose(
    loaded: Kent, terms: list[tuple[Decimal, Decimal | None, date | None]]
) -> None:
    with transaction.atomic():
        for number, (annual, rate, until) in enumerate(terms):
            month = add_months(APRIL, number)
            change_terms(annual, rate, until)
            certified(loaded, month)
            after = proposed(loaded, add_months(month, 1))
            left = [item for item in after.items if item.kind == ItemKind.CORRECTION]
            still = [text for text in proposed(loaded, add_months(month, 1)).unknown if "still to recover" in text]
            assert all(item.direction == "deduction" for item in left), "an addition never has to wait"
            if not left and not still:
                assert paid_so_far() == should_be(loaded, number + 1)
            else:
                assert paid_so_far() > should_be(loaded, number + 1)
        transaction.set_rollback(True)


def change_terms(annual: Decimal, rate: Decimal | None, until: date | None) -> None:
    """Change what KHNES is paid and deducted, from the beginning."""
    FundingLine.objects.filter(element__code="khnes").update(annual_amount=annual, in_force_until=until)
    basis = ShortfallBasis.SHARE if rate is None else ShortfallBasis.RATE
    ShortfallRate.objects.update(basis=basis, pounds_per_wte=rate)


def paid_so_far() -> Decimal:
    nets: dict[str, Decimal] = defaultdict(Decimal)
    for payment in Payment.objects.all():
        for element, pounds in net_by_element(payment).items():
            nets[element.code] += pounds
            assert pounds >= 0
    return nets["khnes"]


def should_be(kent: Kent, months: int) -> Decimal:
    due = instalments(kent.agreement, [add_months(APRIL, number) for number in range(months)], [kcc()])
    short = {(one.month, one.element.code): one.amount or Decimal(0) for one in shortfalls(kent.agreement, due)}
    return sum((one.due - short[one.month, "khnes"] for one in due if one.element.code == "khnes"), Decimal(0))
