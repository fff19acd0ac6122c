"""The page of money and the command `payments` say the same, whatever was paid, corrected or ended."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.access import standing_of
from contracts.models import Organisation, Party, PartyRole, Role
from contracts.periods import financial_year_months, months_between
from funding.draft_items import DraftItem
from funding.models import Direction, FundingLine, ItemKind, ShortfallRate
from funding.money_page.page import money_page
from funding.money_sums import total_of
from funding.queries.ledger import ledger_of
from funding.queries.proposal import proposal
from funding.queries.year_of_money import year_of_money
from tests.kent import Kent
from tests.money import AUGUST, approved, certified, kcc, paid, put_to_the_test
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
MONEY = "/agreements/KCC-CYPMHS-S76/money/"
APRIL, MAY, JUNE, JULY = (date(2019, month, 1) for month in range(4, 8))


def page_of(kent, month=AUGUST, role=Role.COUNCIL_FINANCE, **more):
    return money_page(standing_of(kent.people[role], kent.agreement), month, **more)


def no_rate_before(kent: Kent, month: date) -> None:
    """Nothing is deducted of the months before: what was deducted of them is to be given back."""
    ShortfallRate.objects.filter(agreement=kent.agreement).update(in_force_from=month)


def by_the_page(kent: Kent, month: date) -> dict[str, tuple[Decimal | None, ...]]:
    entries = ledger_of(kent.agreement, month).of_month(month)
    return {one.element: (one.due, one.deducted, one.added, one.to_pay, one.spent) for one in entries}


def by_the_command(kent: Kent, month: date) -> dict[str, tuple[Decimal | None, ...]]:
    year = year_of_money(kent.agreement, financial_year_months(month))
    held = next(one.elements for one in year.months if one.month == month)
    return {
        one.code: (one.instalment, one.deducted.pounds, one.added, one.to_pay.pounds, one.spent.pounds) for one in held
    }


def test_the_command_has_what_corrects_a_paid_month(loaded):
    paid(loaded, JULY)
    no_rate_before(loaded, AUGUST)
    for month in (JULY, AUGUST):
        assert by_the_command(loaded, month) == by_the_page(loaded, month)
    assert by_the_command(loaded, AUGUST)["khnes"][2] == Decimal(10000)


def test_a_correction_of_march_is_in_the_next_year(loaded):
    paid(loaded, date(2019, 3, 1))
    FundingLine.objects.filter(element__code="ehu").update(annual_amount=Decimal(1320000))
    assert by_the_command(loaded, APRIL) == by_the_page(loaded, APRIL)
    assert by_the_command(loaded, APRIL)["ehu"][2] == Decimal(10000)


@pytest.mark.parametrize("certified_months", [(APRIL, JUNE), (APRIL, MAY), (MAY,)])
def test_the_first_month_without_a_payment_has_what_its_certificate_would_propose(loaded, certified_months):
    for month in certified_months:
        paid(loaded, month)
    no_rate_before(loaded, AUGUST)
    first = next(
        month
        for month in months_between(MAY, AUGUST)
        if month not in certified_months and month > min(certified_months)
    )
    proposed = proposal(loaded.agreement, kcc(), first)
    page = total_of(ledger_of(loaded.agreement, first).of_month(first))
    assert (page.deducted, page.added, page.to_pay) == (proposed.deducted, proposed.added, proposed.to_pay)
    assert page.added > 0


def test_each_correction_stands_in_one_month(loaded):
    for month in (APRIL, JUNE):
        paid(loaded, month)
    no_rate_before(loaded, AUGUST)
    ledger = ledger_of(loaded.agreement, AUGUST)
    assert [(one.for_month, one.month) for one in ledger.corrections] == [(APRIL, MAY), (JUNE, JULY)]


def test_the_paid_month_says_that_it_is_to_be_corrected(loaded):
    paid(loaded, JULY)
    no_rate_before(loaded, AUGUST)
    text = text_of(visitor(loaded, Role.AUDITOR).get(f"{MONEY}?month=2019-07"))
    assert "To be corrected with the payment for August 2019, an addition of £10,000.00: KHNES" in text


def test_what_is_added_to_an_element_that_is_no_longer_funded_is_not_lost(loaded):
    paid(loaded, JULY)
    FundingLine.objects.filter(element__code="khnes").update(in_force_until=AUGUST)
    no_rate_before(loaded, AUGUST)
    expected = proposal(loaded.agreement, kcc(), AUGUST)
    page = page_of(loaded)
    assert (
        (page.total.added, page.total.to_pay) == (expected.added, expected.to_pay) == (Decimal(10000), expected.to_pay)
    )
    assert by_the_command(loaded, AUGUST) == by_the_page(loaded, AUGUST)


def test_the_rows_add_up_to_all_elements_when_one_has_ended(loaded):
    FundingLine.objects.filter(element__code="khnes").update(in_force_until=date(2019, 9, 1))
    page = page_of(loaded, date(2019, 9, 1))
    assert [row.element.code for row in page.rows if row.entry is None] == ["khnes"]
    assert sum(row.since.left for row in page.rows) == page.since.left == Decimal("952720.12")
    text = text_of(visitor(loaded, Role.AUDITOR).get(f"{MONEY}?month=2019-09"))
    assert "Not paid for in this month £174,121.61" in text


def test_who_sees_no_payments_learns_of_a_deduction_once_it_is_approved(loaded):
    element = loaded.agreement.elements.get(code="lac")
    item = DraftItem(
        element, Direction.DEDUCTION, ItemKind.NOTICE, Decimal(300), AUGUST, "Plan breached", notice="CPN-7"
    )
    payment = certified(loaded, items=[item])
    for role in (Role.PROVIDER_SIGNATORY, Role.ASSOCIATE_COMMISSIONER):
        page = page_of(loaded, role=role)
        assert page.total.deducted == Decimal(12400)  # What empty posts would take off, as for any month not certified.
        assert "CPN-7" not in text_of(visitor(loaded, role).get(MONEY))
    assert page_of(loaded).total.deducted == Decimal(300)
    approved(loaded, payment)
    for role in (Role.PROVIDER_SIGNATORY, Role.ASSOCIATE_COMMISSIONER):
        assert page_of(loaded, role=role).total.deducted == Decimal(300)
        assert "Plan breached, £300.00. Notice CPN-7." in text_of(visitor(loaded, role).get(MONEY))


def test_a_deduction_by_an_illustrative_rate_is_marked_whoever_certified_it(loaded):
    assert loaded.agreement.shortfall_rates.filter(is_illustrative=True).exists()
    payment = certified(loaded)
    assert not payment.is_illustrative
    assert [reason.is_illustrative for reason in page_of(loaded).reasons] == [True]


def test_a_month_whose_payment_did_not_meet_its_test_says_so(loaded):
    payment = put_to_the_test(loaded, certified(loaded), is_met=False)
    assert [one.number for one in page_of(loaded).months[0].payments] == [payment.number]
    assert page_of(loaded).months[0].payments[0].state == "Test not met"
    assert page_of(loaded, role=Role.PROVIDER_EDITOR).months[0].payments == ()
    anew = certified(loaded)
    assert [one.number for one in page_of(loaded).months[0].payments] == [anew.number]


def test_where_two_councils_pay_each_amount_says_whose_it_is(loaded):
    medway = Organisation.objects.create(name="Medway Council", short_name="Medway")
    Party.objects.create(agreement=loaded.agreement, organisation=medway, role=PartyRole.COUNCIL)
    FundingLine.objects.create(
        agreement=loaded.agreement,
        funder=medway,
        element=loaded.agreement.elements.get(code="khnes"),
        annual_amount=Decimal(120000),
        in_force_from=AUGUST,
        source="A paper",
    )
    certified(loaded)
    page = page_of(loaded)
    assert [(one.payer.short_name, one.is_certified) for one in page.reasons] == [("KCC", True), ("Medway", False)]
    khnes = next(row for row in page.rows if row.element.code == "khnes")
    assert [term.payer for term in khnes.terms] == ["KCC", "Medway"]
    text = text_of(visitor(loaded, Role.COUNCIL_FINANCE).get(MONEY))
    assert "Deduction: KCC, 3.1 of 5.0 WTE empty" in text
    assert "Deduction, proposed and not yet certified: Medway, 3.1 of 5.0 WTE empty" in text
    assert "KCC: Waiting for the statutory test" in text


def test_each_element_has_both_its_shares(loaded):
    early_help = next(row for row in page_of(loaded).rows if row.element.code == "ehu")
    assert (early_help.of_contract.part, early_help.of_caseload.whole) == (Decimal(1200000), Decimal(13783))
    text = text_of(visitor(loaded, Role.PROVIDER_EDITOR).get(MONEY))
    assert "Support to Early Help Units 7.3% of the contract’s value, 1.4% of the caseload £100,000.00" in text
    assert "1.5% of the contract’s value, share of the caseload not available" in text
