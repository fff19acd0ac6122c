"""Corrections of months that were paid before: from corrected returns, late returns, funding lines and reversals."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.audit import Actor
from funding.actions.reversing import reverse
from funding.actions.steps import approve, cancel
from funding.draft_items import DraftItem
from funding.models import Direction, FundingLine, ItemKind, Payment
from tests.correcting import IN_POST, accepted_return
from tests.kent import Kent
from tests.money import AUGUST, certified, finance, kcc, moment_after, paid, proposed, second_finance

pytestmark = pytest.mark.django_db
JULY, SEPTEMBER, OCTOBER = date(2019, 7, 1), date(2019, 9, 1), date(2019, 10, 1)
NOT_REPORTED = {("Workforce", "G1"): "Not reported because", ("Workforce", "G5"): "The rota system was changed"}


def corrections(kent: Kent, month: date = AUGUST) -> list[DraftItem]:
    """What is proposed with the payment of `month` for the months before it."""
    return [item for item in proposed(kent, month).items if item.kind == ItemKind.CORRECTION]


def changes(kent: Kent, month: date = AUGUST) -> list[tuple[str, date, Decimal]]:
    return [(item.element.code, item.for_month, item.change) for item in corrections(kent, month)]


def fewer_in_post(kent: Kent, days: int = 0, in_post: float = 1.1) -> None:
    accepted_return(kent, JULY, {IN_POST: in_post}, days)


def everybody_in_post(kent: Kent) -> None:
    accepted_return(kent, JULY, {("Workforce", "D5"): 2.5, ("Workforce", "D4"): 2.5})


def known_no_more(kent: Kent, days: int = 0) -> None:
    cleared = {("Workforce", f"{column}5"): None for column in "CDE"}
    accepted_return(kent, JULY, {**cleared, **NOT_REPORTED}, days)


def taken_back(kent: Kent, payment: Payment) -> None:
    back = reverse(payment, reason="Wrong", by=Actor.person(finance(kent)), at=moment_after(AUGUST))
    approve(back, by=Actor.person(second_finance(kent)), at=moment_after(AUGUST))


def end_khnes(on: date) -> None:
    FundingLine.objects.filter(funder=kcc(), element__code="khnes").update(in_force_until=on)


def test_nothing_is_corrected_while_nothing_changed(loaded: Kent) -> None:
    paid(loaded, date(2019, 6, 1))
    paid(loaded, JULY)
    assert corrections(loaded) == []


def test_a_corrected_return_is_corrected_with_the_next_payment_and_once(loaded: Kent) -> None:
    paid(loaded, JULY)
    fewer_in_post(loaded)
    (item,) = corrections(loaded)
    assert (item.element.code, item.direction, item.amount, item.for_month) == (
        "khnes",
        Direction.DEDUCTION,
        Decimal("400.00"),
        JULY,
    )
    assert item.reason == (
        "July 2019 was corrected: 2.4 instead of 2.5 WTE in post, so the deduction is £10,400.00 instead of £10,000.00"
    )
    assert (item.basis["before"]["in_post"], item.basis["now"]["in_post"]) == ("2.5", "2.4")
    assert item.version_id is not None
    assert certified(loaded).deducted == Decimal("12800.00")
    assert corrections(loaded, SEPTEMBER) == []


def test_a_second_correction_takes_the_first_into_account(loaded: Kent) -> None:
    paid(loaded, JULY)
    fewer_in_post(loaded)
    paid(loaded)
    fewer_in_post(loaded, days=1, in_post=1.2)
    (item,) = corrections(loaded, SEPTEMBER)
    assert item.change == Decimal("400.00")
    assert item.reason.endswith("−£400.00 was corrected before")
    assert certified(loaded, SEPTEMBER).added == Decimal("400.00")


def test_a_correction_that_was_left_out_is_proposed_again(loaded: Kent) -> None:
    paid(loaded, JULY)
    fewer_in_post(loaded)
    paid(loaded, items=())
    assert changes(loaded, SEPTEMBER) == [("khnes", JULY, Decimal("-400.00"))]


def test_a_deduction_that_was_left_out_is_not_asked_for_again(loaded: Kent) -> None:
    assert paid(loaded, JULY, items=()).deducted == 0
    assert corrections(loaded) == []
    fewer_in_post(loaded)
    (item,) = corrections(loaded)
    assert item.change == Decimal("-400.00")
    assert item.reason.endswith("; £10,000.00 was left out on purpose and stays so")


def test_what_was_left_out_is_not_given_back(loaded: Kent) -> None:
    assert paid(loaded, JULY, items=()).deducted == 0
    everybody_in_post(loaded)
    assert changes(loaded) == []
    paid(loaded)
    fewer_in_post(loaded, days=1)
    assert changes(loaded, SEPTEMBER) == [("khnes", JULY, Decimal("-400.00"))]


def test_a_notice_is_no_difference(loaded: Kent) -> None:
    element = loaded.agreement.elements.get(code="ehu")
    withheld = DraftItem(element, Direction.DEDUCTION, ItemKind.NOTICE, Decimal(5000), JULY, "Withheld", notice="CPN-1")
    paid(loaded, JULY, items=(*proposed(loaded, JULY).items, withheld))
    assert corrections(loaded) == []


def test_a_month_paid_before_its_return_was_accepted(loaded: Kent) -> None:
    paid(loaded, SEPTEMBER)
    assert changes(loaded, OCTOBER) == []
    accepted_return(loaded, SEPTEMBER, {})
    found = [item for item in corrections(loaded, OCTOBER) if item.for_month == SEPTEMBER]
    assert [item.change for item in found] == [Decimal("-12400.00")]
    assert "3.1 of 5.0 funded WTE empty, which was not known when it was paid" in found[0].reason


def test_a_funding_line_ended_in_the_past(loaded: Kent) -> None:
    paid(loaded, JULY)
    end_khnes(date(2019, 7, 17))
    proposal = proposed(loaded)
    # Sixteen of July's days: £10,322.58 less £5,161.29, of which £10,000.00 was paid. August is due nothing for it.
    assert [item for item in proposal.items if item.element.code == "khnes"] == []
    assert proposal.unknown == (
        "£4,838.71 of KHNES for July 2019 is still to recover: nothing is due for it in this month. To recover it now, "
        "take back the payment of July 2019 with a counter-entry, and certify that month again.",
    )


def test_taking_the_payment_back_recovers_it(loaded: Kent) -> None:
    july = paid(loaded, JULY)
    end_khnes(date(2019, 7, 17))
    taken_back(loaded, july)
    again = certified(loaded, JULY)
    assert july.to_pay - again.to_pay == Decimal("4838.71")
    assert proposed(loaded).unknown == ()


def test_a_deduction_takes_no_more_than_is_due_and_the_rest_stays(loaded: Kent) -> None:
    paid(loaded, JULY)
    FundingLine.objects.filter(element__code="khnes").update(annual_amount=Decimal("96000.00"))
    # July: £8,000.00 less £4,000.00, of which £10,000.00 was paid. August: £8,000.00 less £4,960.00.
    assert changes(loaded) == [("khnes", JULY, Decimal("-3040.00"))]
    assert proposed(loaded).unknown == (
        "£2,960.00 of KHNES for July 2019 is still to recover: it is more than this month’s instalment. The rest is "
        "proposed with the next payment.",
    )
    payment = paid(loaded)
    assert payment.lines.get(element__code="khnes").due == Decimal("8000.00")
    assert payment.items.get(kind="correction").reason == (
        "July 2019 was corrected: the instalment is £8,000.00 instead of £20,000.00, and the deduction is £4,000.00 "
        "instead of £10,000.00; £3,040.00 of £6,000.00 is taken now, the rest later"
    )
    assert changes(loaded, SEPTEMBER) == [("khnes", JULY, Decimal("-2960.00"))]
    paid(loaded, SEPTEMBER)
    assert changes(loaded, OCTOBER) == []


def test_an_element_that_is_added_afterwards_is_paid_and_tested(loaded: Kent) -> None:
    end_khnes(JULY)
    paid(loaded, JULY)
    line = FundingLine.objects.get(element__code="khnes")
    line.in_force_until = AUGUST
    line.save()
    assert changes(loaded) == [("khnes", JULY, Decimal("10000.00"))]
    payment = paid(loaded)
    assert payment.lines.get(element__code="khnes").due == 0
    assert payment.test.answers.count() == 4
    assert corrections(loaded, SEPTEMBER) == []


@pytest.mark.parametrize("how", ["cancelled", "reversed"])
def test_what_came_to_nothing_counts_nothing(loaded: Kent, how: str) -> None:
    paid(loaded, JULY)
    fewer_in_post(loaded)
    if how == "cancelled":
        cancel(certified(loaded), reason="Wrong", by=Actor.person(finance(loaded)), at=moment_after(AUGUST))
    else:
        taken_back(loaded, paid(loaded))
    assert changes(loaded) == [("khnes", JULY, Decimal("-400.00"))]
    assert certified(loaded).deducted == Decimal("12800.00")


def test_a_month_made_anew_gives_its_corrections_back(loaded: Kent) -> None:
    july = paid(loaded, JULY)
    fewer_in_post(loaded)
    paid(loaded)
    taken_back(loaded, july)
    assert corrections(loaded, SEPTEMBER) == []
    assert certified(loaded, JULY).deducted == Decimal("10400.00")
    (item,) = corrections(loaded, SEPTEMBER)
    assert item.change == Decimal("400.00")
    assert item.reason == "July 2019 was corrected: its payment was made anew; −£400.00 was corrected before"


def test_what_is_known_no_more_is_not_undone(loaded: Kent) -> None:
    paid(loaded, JULY)
    known_no_more(loaded)
    proposal = proposed(loaded)
    assert [item for item in proposal.items if item.for_month == JULY] == []
    assert proposal.unknown == (
        "Whether the deduction of KHNES for July 2019 must change is not known: its empty posts were known before "
        "and are not now, so it stays as it was. Not reported by NELFT: The rota system was changed",
    )


def test_an_instalment_is_corrected_also_where_posts_are_known_no_more(loaded: Kent) -> None:
    paid(loaded, JULY)
    fewer_in_post(loaded)
    paid(loaded)
    known_no_more(loaded, days=1)
    assert changes(loaded, SEPTEMBER) == []
    FundingLine.objects.filter(element__code="khnes").update(annual_amount=Decimal("252000.00"))
    # July: £21,000.00 less the £10,400.00 that was known last, of which £9,600.00 was paid.
    found = [one for one in changes(loaded, SEPTEMBER) if one[1] == JULY]
    assert found == [("khnes", JULY, Decimal("1000.00"))]
    paid(loaded, SEPTEMBER)
    assert [one for one in changes(loaded, OCTOBER) if one[1] == JULY] == []


def test_a_proposal_takes_the_same_queries_for_one_month_and_for_many(loaded: Kent) -> None:
    paid(loaded, JULY)
    with CaptureQueriesContext(connection) as one:
        proposed(loaded)
    for number in (4, 5, 6):
        paid(loaded, date(2019, number, 1))
    fewer_in_post(loaded)
    with CaptureQueriesContext(connection) as many:
        proposed(loaded)
    assert len(many) == len(one)
