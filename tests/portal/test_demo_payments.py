"""The sample payments: as they are shown, once, and never over what people did."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from contracts.audit import Actor, first_broken_link
from cypmhs_portal.demo.money import load_payments, load_shortfall_rate
from funding.actions.steps import cancel
from funding.models import ItemKind, Payment, PaymentItem, ShortfallRate
from funding.payment_moves import PaymentState
from tests.kent import DEMO_MOMENT, Kent
from tests.money import AUGUST, approved, certified, proposed, second_finance

pytestmark = pytest.mark.django_db


def test_the_sample_payments(loaded: Kent) -> None:
    assert load_payments(loaded.agreement) == 17
    payments = list(loaded.agreement.payments.order_by("number"))
    assert [payment.month for payment in payments] == sorted({payment.month for payment in payments})
    assert (payments[0].month, payments[-1].month) == (date(2018, 4, 1), AUGUST)
    assert {payment.state for payment in payments[:-1]} == {PaymentState.PAID}
    assert {payment.ledger_reference[:8] for payment in payments[:-1]} == {"KCC-0001"}
    assert all(payment.is_illustrative for payment in payments)
    last = payments[-1]
    assert (last.state, last.deducted, last.to_pay) == ("certified", Decimal("12400.00"), Decimal("209016.66"))
    assert str(timezone.localtime(last.certified_at).date()) == "2019-10-10"
    assert not PaymentItem.objects.filter(kind=ItemKind.CORRECTION).exists()
    assert proposed(loaded, date(2019, 9, 1)).added == 0
    assert first_broken_link(loaded.agreement) is None


def test_each_step_is_by_who_takes_it_on_a_working_day_and_in_order(loaded: Kent) -> None:
    load_payments(loaded.agreement)
    for payment in loaded.agreement.payments.filter(state=PaymentState.PAID):
        moves = list(payment.moves.order_by("pk"))
        assert [move.by_name for move in moves] == ["Priya Shah", *["Daniel Price"] * 4]
        moments = [move.at for move in moves]
        assert moments == sorted(moments)
        assert all(moment.weekday() < 5 for moment in moments)


def test_a_second_load_adds_nothing_and_leaves_what_people_did(loaded: Kent) -> None:
    load_payments(loaded.agreement)
    waiting = loaded.agreement.payments.get(number=17)
    cancel(waiting, reason="Wrong", by=Actor.person(second_finance(loaded)), at=DEMO_MOMENT)
    approved(loaded, certified(loaded))
    before = list(Payment.objects.order_by("pk").values())
    assert load_payments(loaded.agreement) == 0
    assert list(Payment.objects.order_by("pk").values()) == before


def test_a_rate_is_loaded_where_there_is_none(loaded: Kent) -> None:
    load_shortfall_rate(loaded.agreement)
    rate = ShortfallRate.objects.get()
    assert (rate.source, rate.is_illustrative, rate.temporary) == ("004 §2.8", True, None)
    rate.delete()
    load_shortfall_rate(loaded.agreement)
    assert ShortfallRate.objects.get().funded.label == "Funded WTE"
