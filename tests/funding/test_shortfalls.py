"""Instalments and empty posts where a line has no end, a rate begins within a month, or two councils pay."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Organisation
from contracts.periods import add_months
from funding.models import FundingLine, ShortfallBasis, ShortfallRate
from funding.payers import councils_of
from funding.queries.deducted import charges
from funding.queries.schedule import instalments, instalments_by_payer
from funding.queries.shortfalls import shortfalls
from funding.queries.what_if import answer, starting_from
from performance.indicators import FormulaTerm
from performance.sources import Scope, all_sources
from tests.councils import medway
from tests.kent import DEMO_MOMENT, Kent
from tests.money import AUGUST, kcc, proposed

pytestmark = pytest.mark.django_db
APRIL, END = date(2019, 4, 1), date(2022, 9, 1)


def due_of(kent: Kent, month: date, code: str = "khnes") -> Decimal | None:
    found = instalments(kent.agreement, [month], [kcc()])
    return next((one.due for one in found if one.element.code == code), None)


def end_element(kent: Kent, on: date) -> None:
    kent.agreement.elements.filter(code="khnes").update(in_force_until=on)


def rate_in_pounds(pounds: int, **changes: object) -> None:
    ShortfallRate.objects.update(basis=ShortfallBasis.RATE, pounds_per_wte=pounds, **changes)


def taken(kent: Kent, month: date, *payers: Organisation) -> list[Decimal | None]:
    due = instalments_by_payer(kent.agreement, [month], payers)
    return [one.amount for one in shortfalls(kent.agreement, due)]


def test_no_instalment_is_due_after_the_agreement(kent: Kent) -> None:
    assert due_of(kent, add_months(END, -1)) == Decimal("20000.00")
    assert instalments(kent.agreement, [END], [kcc()]) == ()


def test_an_agreement_that_ends_within_a_month_is_paid_by_days(kent: Kent) -> None:
    kent.agreement.ends_on = date(2022, 8, 16)
    kent.agreement.save()
    (one, *_) = [x for x in instalments(kent.agreement, [date(2022, 8, 1)], [kcc()]) if x.element.code == "khnes"]
    assert one.due == Decimal("9677.41")
    assert one.terms[0]["until"] == "2022-08-16"
    assert instalments(kent.agreement, [date(2022, 7, 1)], [kcc()])[0].terms[0]["until"] is None


def test_no_instalment_is_due_for_an_element_that_ended(kent: Kent) -> None:
    end_element(kent, date(2019, 4, 16))
    assert due_of(kent, APRIL) == Decimal("10000.00")
    assert due_of(kent, date(2019, 5, 1)) is None
    assert due_of(kent, date(2019, 5, 1), "ehu") == Decimal("100000.00")


def test_figures_read_no_money_of_an_element_that_ended(kent: Kent) -> None:
    end_element(kent, date(2019, 4, 16))
    for source in ("instalment", "funding of element"):
        read = all_sources()[source].read(Scope(kent.agreement, APRIL, date(2019, 5, 1), DEMO_MOMENT))
        assert read(FormulaTerm(source, element="khnes"), "", date(2019, 5, 1)).value is None
        assert read(FormulaTerm(source, element="ehu"), "", date(2019, 5, 1)).value is not None


def test_the_last_month_of_an_agreement_that_ends_within_it_has_its_annual_amount(kent: Kent) -> None:
    kent.agreement.ends_on = date(2022, 8, 16)
    read = all_sources()["funding of element"].read(Scope(kent.agreement, APRIL, date(2022, 8, 1), DEMO_MOMENT))
    assert read(FormulaTerm("funding of element", element="ehu"), "", date(2022, 8, 1)).value == 1_200_000


def test_a_what_if_leaves_nothing_to_pay_after_an_element_ended(kent: Kent) -> None:
    end_element(kent, date(2020, 4, 16))
    starting = starting_from(kent.agreement, date(2020, 4, 1))
    for asked in ({}, {"khnes": Decimal(120_000)}):
        found = {one.code: one for one in answer(kent.agreement, starting, asked, AUGUST).elements}
        assert found["khnes"].new.remaining == Decimal("10000.00" if not asked else "5000.00")


def test_a_rate_agreed_within_a_month_counts_for_it(loaded: Kent) -> None:
    ShortfallRate.objects.update(in_force_from=date(2019, 4, 15))
    assert taken(loaded, APRIL, kcc()) == [Decimal("11200.00")]
    ShortfallRate.objects.update(in_force_until=date(2019, 8, 31))
    assert taken(loaded, AUGUST, kcc()) == []


def test_a_rate_in_pounds_is_by_the_days_that_are_paid_for(loaded: Kent) -> None:
    rate_in_pounds(12_000)
    assert taken(loaded, APRIL, kcc()) == [Decimal("2800.00")]  # 2.8 WTE at £1,000 a month
    FundingLine.objects.filter(element__code="khnes").update(in_force_from=date(2019, 4, 16))
    assert taken(loaded, APRIL, kcc()) == [Decimal("1400.00")]
    (item,) = proposed(loaded, APRIL).items
    assert item.reason.endswith("£1,400.00 of the instalment of £10,000.00, for 15 of 30 days")


def test_a_rate_in_pounds_is_deducted_once_from_two_councils(loaded: Kent) -> None:
    other = medway(loaded, "120000")
    rate_in_pounds(12_000)
    both = [kcc(), other]
    assert taken(loaded, APRIL, *both) == [Decimal("1866.66"), Decimal("933.34")]
    assert [taken(loaded, APRIL, payer) for payer in both] == [[Decimal("1866.66")], [Decimal("933.34")]]
    assert sum(amount or 0 for amount in taken(loaded, APRIL, *both)) == Decimal("2800.00")
    (item,) = proposed(loaded, APRIL).items
    assert item.reason.endswith("of £20,000.00, £2,800.00 for all councils together")
    (said, _) = (reason.words for one in charges(loaded.agreement, [APRIL]).charges for reason in one.reasons)
    assert said.endswith("a twelfth of it a month, £2,800.00 for all councils together")


def test_a_share_is_of_each_council_s_instalment(loaded: Kent) -> None:
    other = medway(loaded, "120000")
    assert taken(loaded, AUGUST, kcc(), other) == [Decimal("12400.00"), Decimal("6200.00")]


def test_the_returns_are_read_once_for_every_council(loaded: Kent) -> None:
    def looked_up() -> tuple[int, int]:
        due = instalments_by_payer(loaded.agreement, [APRIL, AUGUST], councils_of(loaded.agreement))
        with CaptureQueriesContext(connection) as held:
            return len(shortfalls(loaded.agreement, due)), len(held)

    (alone, before), _ = looked_up(), medway(loaded, "120000")
    both, after = looked_up()
    assert (alone, both) == (2, 4)
    assert after == before
