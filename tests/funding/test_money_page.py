"""The page of money: the demo's August to the penny, who sees what of it, and what is not known."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.access import standing_of
from contracts.audit import Actor
from contracts.models import Agreement, Organisation, Party, PartyRole, RecordOfDecision, Role
from funding.actions.steps import cancel
from funding.draft_items import DraftItem
from funding.models import Direction, FundingLine, ItemKind
from funding.money_page.page import money_page
from funding.queries.ledger import ledger_of
from performance.models import Line
from tests.barset import load_barset
from tests.kent import DEMO_DAY
from tests.money import AUGUST, certified, finance, moment_after, paid
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
MONEY = "/agreements/KCC-CYPMHS-S76/money/"
SEES_PAYMENTS = [
    Role.COUNCIL_COMMISSIONER,
    Role.COUNCIL_FINANCE,
    Role.COORDINATING_COMMISSIONER,
    Role.AUDITOR,
]
SEES_NO_PAYMENTS = [Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY, Role.ASSOCIATE_COMMISSIONER]


def page_of(kent, month=AUGUST, role=Role.COUNCIL_FINANCE, **more):
    return money_page(standing_of(kent.people[role], kent.agreement), month, **more)


def pounds(*texts):
    return tuple(Decimal(text) for text in texts)


def test_august_to_the_penny(loaded):
    page = page_of(loaded)
    rows = {
        row.element.code: (row.entry.due, row.entry.deducted, row.entry.to_pay, row.entry.spent, row.entry.left)
        for row in page.rows
    }
    assert rows == {
        "ehu": pounds("100000.00", "0", "100000.00", "58739.27", "41260.73"),
        "khnes": pounds("20000.00", "12400.00", "7600.00", "9532.40", "10467.60"),
        "lac": pounds("83333.33", "0", "83333.33", "82167.52", "1165.81"),
        "hsb": pounds("18083.33", "0", "18083.33", "15805.44", "2277.89"),
    }
    since = {row.element.code: row.since.left for row in page.rows}
    assert tuple(since.values()) == pounds("718691.09", "174121.61", "28611.49", "31295.93")
    total = page.total
    assert (total.due, total.deducted, total.to_pay) == pounds("221416.66", "12400.00", "209016.66")
    assert (total.spent, total.left) == pounds("166244.63", "55172.03")
    assert (page.since.left, page.since.left_after) == pounds("952720.12", "893120.12")


def test_the_page_says_it_all(loaded):
    text = text_of(visitor(loaded, Role.COUNCIL_FINANCE).get(f"{MONEY}?month=2019-08"))
    for said in (
        "NELFT spent £55,172.03 less than August’s instalments on what they pay for",
        "Early Help is £41,260.73 of it, 74.8%. £12,400.00 would be deducted.",
        "Since April 2018 the open book leaves £952,720.12 of £3,764,083.30 unspent or spent elsewhere.",
        "3.1 of 5.0 WTE empty in Kent Health Needs Education Service, so 62% of £20,000.00, £12,400.00",
        "Deduction, proposed and not yet certified",
        "Early Help makes up £718,691.09 of £952,720.12, on average £42,276 a month.",
        "Before deductions £952,720.12; after £59,600.00 deducted or to be deducted since April 2018, £893,120.12.",
        "West Kent CCG The rest of the service £13,800,000.00 83.9% 003 §1.4",
        "Show all 17 months",
    ):
        assert said in text


def test_a_figure_leads_to_its_return(loaded):
    html = visitor(loaded, Role.PROVIDER_EDITOR).get(MONEY).content.decode()
    assert "returns/2019-08/versions/1/?sheet=open-book#says" in html
    assert "returns/2019-08/versions/1/?sheet=workforce#says" in html


def test_a_certified_payment_keeps_what_it_was_certified_with(loaded):
    payment = certified(loaded)
    loaded.agreement.shortfall_rates.update(in_force_until=date(2019, 4, 2))
    page = page_of(loaded)
    assert page.total.deducted == Decimal("12400.00")
    assert [reason.is_certified for reason in page.reasons] == [True]
    assert page.months[0].payments[0].state == "Waiting for the statutory test"
    assert page.reasons[0].words == (
        "3.1 of 5.0 WTE empty in Kent Health Needs Education Service, so 62% of £20,000.00"
    )
    assert "£12,400.00 is deducted." in page.lead
    # A payment that was stopped says nothing any more.
    cancel(payment, reason="Wrong", by=Actor.person(finance(loaded)), at=moment_after(AUGUST, 21))
    assert page_of(loaded).total.deducted == 0


def test_a_funding_line_changed_later_does_not_change_what_was_certified(loaded):
    certified(loaded)
    FundingLine.objects.filter(element__code="ehu").update(annual_amount=Decimal(600000))
    page = page_of(loaded)
    assert page.total.due == Decimal("221416.66")
    assert page.months[1].total.due == Decimal("171416.66")


def test_what_corrects_a_paid_month_is_proposed_with_the_first_month_after_it(loaded):
    paid(loaded, date(2019, 7, 1))
    rate = loaded.agreement.shortfall_rates.get()
    loaded.agreement.shortfall_rates.filter(pk=rate.pk).update(in_force_from=date(2019, 8, 1))
    reasons = page_of(loaded).reasons
    assert [(one.is_addition, one.amount) for one in reasons] == [(False, Decimal(12400)), (True, Decimal(10000))]
    page = page_of(loaded)
    assert (page.total.added, page.total.to_pay) == pounds("10000.00", "219016.66")
    assert "Addition" in text_of(visitor(loaded, Role.AUDITOR).get(MONEY))


def test_a_deduction_names_the_notice_or_the_decision_it_rests_on(loaded):
    decision = RecordOfDecision.objects.filter(agreement=loaded.agreement).order_by("pk")[0]
    element = loaded.agreement.elements.get(code="lac")
    items = [
        DraftItem(element, Direction.DEDUCTION, ItemKind.NOTICE, Decimal(300), AUGUST, "Plan breached", notice="CPN-7"),
        DraftItem(
            element, Direction.ADDITION, ItemKind.DECISION, Decimal(20), AUGUST, "Agreed", decision_id=decision.pk
        ),
    ]
    certified(loaded, items=items)
    page = page_of(loaded)
    lac = next(row for row in page.rows if row.element == element)
    assert (lac.entry.deducted, lac.entry.added, lac.entry.to_pay) == pounds("300", "20", "83053.33")
    text = text_of(visitor(loaded, Role.COUNCIL_COMMISSIONER).get(MONEY))
    assert "Deduction: LAC Priority Assessment: Plan breached, £300.00. Notice CPN-7." in text
    assert f"Addition: LAC Priority Assessment: Agreed, £20.00. Decision {decision.number}." in text


def test_two_councils_pay_together_and_each_payment_is_its_own(loaded):
    other = Organisation.objects.create(name="Medway Council", short_name="Medway")
    Party.objects.create(agreement=loaded.agreement, organisation=other, role=PartyRole.COUNCIL)
    FundingLine.objects.create(
        agreement=loaded.agreement,
        funder=other,
        element=loaded.agreement.elements.get(code="khnes"),
        annual_amount=Decimal(120000),
        in_force_from=date(2019, 8, 1),
        source="A paper",
    )
    certified(loaded)
    page = page_of(loaded)
    khnes = next(row for row in page.rows if row.element.code == "khnes")
    assert (khnes.entry.due, khnes.entry.deducted) == pounds("30000.00", "18600.00")  # 62 % of each one's instalment
    assert [(reason.is_certified, reason.amount) for reason in page.reasons] == [
        (True, Decimal(12400)),
        (False, Decimal(6200)),
    ]
    assert [term.source for term in khnes.terms] == ["004 §1.8", "A paper"]


def test_looking_back_shows_what_was_certified_then(loaded):
    paid(loaded)
    before, after = moment_after(AUGUST, 19), moment_after(AUGUST, 21)
    assert page_of(loaded, as_at=before).months[0].payments == ()
    assert page_of(loaded, as_at=after).months[0].payments[0].state == "Approved, to be sent"
    assert page_of(loaded).months[0].payments[0].state == "Paid"


@pytest.mark.parametrize("role", SEES_PAYMENTS)
def test_these_see_how_far_a_payment_has_come(loaded, role):
    paid(loaded, date(2019, 7, 1))
    text = text_of(visitor(loaded, role).get(MONEY))
    assert "Instalments less spent Payment" in text
    assert "Paid" in text
    assert "Not certified yet" in text


@pytest.mark.parametrize("role", SEES_NO_PAYMENTS)
def test_these_see_the_same_page_without_payments(loaded, role):
    certified(loaded, date(2019, 7, 1))
    client = visitor(loaded, role)
    text = text_of(client.get(MONEY))
    assert "NELFT spent £55,172.03 less" in text
    assert "−£12,400.00" in text
    for word in ("certified", "Certified", "Waiting for", "statutory", "Priya", "Daniel"):
        assert word not in text
    assert "Payment" not in client.get(f"{MONEY}csv/").content.decode()


def test_an_administrator_and_a_stranger_see_none(loaded, client):
    assert visitor(loaded, Role.ADMINISTRATOR).get(MONEY).status_code == 404
    assert client.get(MONEY).status_code == 302


def test_a_month_without_a_return_is_not_known(loaded):
    page = page_of(loaded, date(2019, 9, 1))
    assert page.headline == "What NELFT spent of September’s instalments is not known"
    assert (page.total.spent, page.total.left, page.total.to_pay, page.total.deducted) == (None,) * 4
    assert {row.spent.why_not for row in page.rows} == {"No open book for September 2019 has been accepted."}
    assert page.running.rows[0][1] == (None,) * 5
    assert page.since.left == Decimal("952720.12")
    assert "£0.00 less" not in text_of(visitor(loaded, Role.AUDITOR).get(f"{MONEY}?month=2019-09"))


def test_a_cost_not_reported_leaves_its_element_without_a_spend(loaded):
    replace_cost(loaded, "khnes", "Overheads", "The ledger closed late")
    page = page_of(loaded)
    assert page.total.spent == Decimal("156712.23")  # 166,244.63 less 9,532.40
    assert page.left_out == ("The totals of what was spent leave out KHNES.",)
    text = text_of(visitor(loaded, Role.COUNCIL_FINANCE).get(MONEY))
    assert "Not available Overheads not reported by NELFT: The ledger closed late" in text
    assert "leaving out KHNES" in text


def replace_cost(kent, element, label, why):
    """Make a cost of August one that was not reported; lines are never edited, so the database's guard stands aside."""
    with pgtrigger.ignore("performance.Line:lines_are_append_only"):
        Line.objects.filter(
            measure__element__code=element,
            measure__label=label,
            measure__sheet="Open book",
            version__of_return__agreement=kent.agreement,
            version__of_return__month=AUGUST,
        ).update(value=None, not_reported_because=why)


def test_the_file_says_what_the_page_says(loaded):
    paid(loaded, date(2019, 7, 1))
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    for query, count in (("", 5), ("?months=all", 17), ("?month=2018-05&months=all", 2)):
        page = client.get(f"{MONEY}{query}").context["page"]
        rows = list(csv.reader(io.StringIO(client.get(f"{MONEY}csv/{query}").content.decode("utf-8-sig"))))
        assert len(rows) == count + 1 == len(page.months) + 1
        for cells, row in zip(rows[1:], page.months, strict=True):
            total = row.total
            assert [Decimal(cell) for cell in cells[1:6]] == [
                total.due,
                -total.deducted,
                total.to_pay,
                total.spent,
                total.left,
            ]
            assert cells[7] == "".join(payment.state for payment in row.payments)


def test_the_file_has_no_number_for_what_is_not_known(loaded):
    content = visitor(loaded, Role.AUDITOR).get(f"{MONEY}csv/?month=2019-09").content.decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(content)))
    assert first["Spent (open book)"] == first["To pay or paid"] == first["Deductions"] == "Not available"
    assert first["Left out of what was spent"].startswith("Early Help, KHNES")


@pytest.mark.parametrize("address", ["money", "money_csv", "open_book"])
def test_as_many_queries_for_many_months_as_for_few(loaded, settings, address):
    settings.PORTAL_TODAY = DEMO_DAY + timedelta(days=1)
    for month in (date(2019, 6, 1), date(2019, 7, 1)):
        certified(loaded, month)
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    path = f"{reverse(address, args=[loaded.agreement.reference])}?month=2019-08&months=all&period=all"

    def asked():
        with CaptureQueriesContext(connection) as held:
            assert client.get(path).status_code == 200
        return len(held)

    many = asked()
    Agreement.objects.filter(pk=loaded.agreement.pk).update(returns_from=date(2019, 7, 1))
    assert asked() == many <= 46


def test_an_agreement_of_another_kind(db, settings):
    settings.PORTAL_TODAY = DEMO_DAY
    agreement, person = load_barset()
    page = money_page(standing_of(person, agreement), date(2019, 9, 1))
    assert page.headline == "What BCT spent of September’s instalments is not known"
    assert page.running.figure is None
    assert not agreement.parties.filter(role=PartyRole.COORDINATING_COMMISSIONER)
    assert {entry.spent for entry in ledger_of(agreement, date(2019, 9, 1)).entries} == {None}


def test_an_unknown_month_and_an_unreadable_moment(loaded):
    client = visitor(loaded, Role.COUNCIL_FINANCE)
    assert client.get(f"{MONEY}?month=2031-01").status_code == 404
    answer = client.get(f"{MONEY}?as-at=tomorrow")
    assert answer.status_code == 200
    assert "is no date or moment" in text_of(answer)
