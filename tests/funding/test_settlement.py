"""Corrections that add money when no instalment is left to carry them; where a council pays nothing; two councils."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus

import pytest

from contracts import clock
from contracts.audit import Actor
from contracts.models import Agreement, Organisation, Party, PartyRole, Role
from funding.actions.certifying import certify
from funding.actions.refusals import CannotPay
from funding.models import FundingLine, Payment
from tests.funding.payment_visits import PAYMENTS, certificate, certify_url, priya
from tests.kent import Kent
from tests.money import AUGUST, certified, finance, kcc, moment_after, paid, proposed
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
JULY, SEPTEMBER, OCTOBER = date(2019, 7, 1), date(2019, 9, 1), date(2019, 10, 1)
MONEY = PAYMENTS.removesuffix("payments/")


def ended_after_august(kent) -> None:
    FundingLine.objects.filter(funder=kcc()).update(in_force_until=SEPTEMBER)


def everything_paid(kent) -> None:
    """Every month from April 2018 to August 2019, the last with an instalment, whole."""
    ended_after_august(kent)
    for month in [date(2018, number, 1) for number in range(4, 13)] + [date(2019, number, 1) for number in range(1, 9)]:
        certified(kent, month)


def raised(kent) -> None:
    """Early Help is paid £1,000.00 more for August alone."""
    line = FundingLine.objects.get(funder=kcc(), element__code="ehu")
    line.pk, line.in_force_from, line.annual_amount = None, AUGUST, line.annual_amount + 12_000
    FundingLine.objects.filter(funder=kcc(), element__code="ehu").update(in_force_until=AUGUST)
    line.save()


def test_money_that_is_owed_after_the_last_line_is_certified(loaded):
    everything_paid(loaded)
    client = priya(loaded)
    assert client.get(PAYMENTS).context["page"].waiting == 0
    assert client.get(certify_url(SEPTEMBER)).status_code == HTTPStatus.NOT_FOUND
    raised(loaded)
    assert client.get(PAYMENTS).context["page"].waiting == 1
    assert certify_url(SEPTEMBER) in client.get(PAYMENTS).content.decode()
    said = text_of(client.get(certify_url(SEPTEMBER)))
    assert "No instalment is due for this month" in said
    assert "the instalment is £101,000.00 instead of £100,000.00" in said
    client.post(certify_url(SEPTEMBER), certificate(client, SEPTEMBER))
    payment = Payment.objects.get(month=SEPTEMBER)
    assert (payment.due, payment.added, payment.to_pay) == (Decimal(0), Decimal("1000.00"), Decimal("1000.00"))
    assert payment.lines.get().element.code == "ehu"
    assert client.get(PAYMENTS).context["page"].waiting == 0
    assert proposed(loaded, OCTOBER).items == ()


def test_the_last_month_of_the_agreement_is_corrected_after_its_end(loaded):
    everything_paid(loaded)
    Agreement.objects.filter(pk=loaded.agreement.pk).update(ends_on=SEPTEMBER)
    loaded = as_it_is(loaded)
    raised(loaded)
    with pytest.raises(CannotPay, match="not a month of this agreement"):
        settled(loaded, date(2019, 11, 1))
    assert settled(loaded, SEPTEMBER).to_pay == Decimal("1000.00")
    for year in ("", "?year=2019-20"):
        assert priya(loaded).get(f"{PAYMENTS}csv/{year}").status_code == HTTPStatus.OK


def as_it_is(kent: Kent) -> Kent:
    """With the agreement as the database has it, and the fixture's own left as it was."""
    return replace(kent, agreement=Agreement.objects.get(pk=kent.agreement.pk))


def settled(kent, month: date) -> Payment:
    found = proposed(kent, month)
    by = Actor.person(finance(kent))
    at = moment_after(SEPTEMBER, 2)
    return certify(kent.agreement, month, payer=kcc(), items=found.items, expected_to_pay=found.to_pay, by=by, at=at)


def test_what_is_only_to_recover_is_no_payment(loaded):
    paid(loaded, JULY)
    FundingLine.objects.filter(funder=kcc()).update(in_force_until=date(2019, 7, 17))
    assert proposed(loaded).unknown
    assert priya(loaded).get(certify_url(AUGUST)).status_code == HTTPStatus.NOT_FOUND
    with pytest.raises(CannotPay, match="no correction of an earlier month adds money"):
        certified(loaded)


def test_under_section_256_the_council_pays_nothing(loaded):
    Agreement.objects.filter(pk=loaded.agreement.pk).update(power="s256")
    loaded = as_it_is(loaded)
    sentence = "Under section 256 the NHS pays the council"
    with pytest.raises(CannotPay, match=sentence):
        certified(loaded)
    client = priya(loaded)
    assert sentence in text_of(client.get(certify_url(AUGUST), follow=True))
    assert sentence in text_of(client.get(PAYMENTS))
    assert certify_url(AUGUST) not in client.get(f"{MONEY}?month=2019-08").content.decode()


def test_the_money_page_leads_only_to_what_can_be_certified(loaded):
    client = priya(loaded)
    assert certify_url(AUGUST) in client.get(f"{MONEY}?month=2019-08").content.decode()
    FundingLine.objects.filter(funder=kcc()).update(in_force_until=AUGUST)
    assert certify_url(AUGUST) not in client.get(f"{MONEY}?month=2019-08").content.decode()


def test_without_a_line_of_a_council_the_list_says_so(loaded):
    nhs = Organisation.objects.exclude(pk=kcc().pk).first()
    FundingLine.objects.filter(funder=kcc()).update(funder=nhs)
    said = text_of(priya(loaded).get(PAYMENTS))
    assert "no council has an instalment in the months that have ended" in said
    Agreement.objects.filter(pk=loaded.agreement.pk).update(
        starts_on=clock.today(), returns_from=clock.today().replace(day=1), ends_on=clock.today() + timedelta(days=99)
    )
    assert "no month of the agreement has ended" in text_of(priya(loaded).get(PAYMENTS))


def test_a_reader_of_no_council_sees_each_councils_payment(loaded):
    payment = certified(loaded)
    medway = Organisation.objects.create(name="Medway Council", short_name="Medway", gss_code="E06000035")
    Party.objects.create(agreement=loaded.agreement, organisation=medway, role=PartyRole.COUNCIL)
    Payment.objects.create(
        agreement=loaded.agreement, number=2, payer=medway, payee=payment.payee, month=AUGUST, due=0, deducted=0,
        added=0, to_pay=0, certified_by=payment.certified_by, certified_at=payment.certified_at,
    )  # fmt: skip
    cards = visitor(loaded, Role.AUDITOR).get(f"{MONEY}?month=2019-08").context["payment"].cards
    assert [card.title for card in cards] == [
        "August 2019, KCC to West Kent CCG",
        "August 2019, Medway to West Kent CCG",
    ]
    assert len(priya(loaded).get(f"{MONEY}?month=2019-08").context["payment"].cards) == 1
