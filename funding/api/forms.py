"""Funding lines and payments as the API tells them: pounds as text with pence, null where nothing is known."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from funding.models.payments import Direction, ItemKind, Payment, PaymentItem, PaymentKind
from funding.payment_moves import PaymentState
from funding.payment_pages.wording import rests_on, state_words

GBP = "GBP"
MOMENT = serializers.DateTimeField(allow_null=True)


class PoundsField(serializers.DecimalField):
    """An amount as text with pence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **options)


class InPounds(serializers.Serializer[Any]):
    """Something with amounts of money."""

    unit = serializers.SerializerMethodField(help_text="Of every amount: pounds.")

    @extend_schema_field(serializers.ChoiceField([GBP]))
    def get_unit(self, _of: Any) -> str:
        """Always pounds."""
        return GBP


class FundingLineForm(InPounds):
    """An annual amount that a party pays, while in force."""

    element = serializers.CharField(
        source="element.code", default=None, allow_null=True, help_text="null: the service outside the named elements."
    )
    payer = serializers.CharField(source="funder.short_name")
    annual_amount = PoundsField(help_text="Pounds a year.")
    in_force_from = serializers.DateField()
    in_force_before = serializers.DateField(
        source="in_force_until", allow_null=True, help_text="The first day out of force; null while it has none."
    )
    source = serializers.CharField(help_text="Paper and paragraph.")  # type: ignore[assignment]  # a member, not the field's own
    note = serializers.CharField()


class ItemForm(serializers.Serializer[Any]):
    """A deduction from an instalment, or an addition to it, with its reason and what it rests on."""

    direction = serializers.ChoiceField(Direction.choices)
    kind = serializers.ChoiceField(ItemKind.choices)
    element = serializers.CharField(source="element.code")
    amount = PoundsField(help_text="Below zero in a counter-entry.")
    for_month = serializers.SerializerMethodField(help_text="The month it concerns, as 2019-08.")
    reason = serializers.CharField()
    rests_on = serializers.SerializerMethodField(help_text="The return and version, decision or notice; empty if none.")

    def get_for_month(self, item: PaymentItem) -> str:
        """As 2019-08."""
        return written_month(item.for_month)

    def get_rests_on(self, item: PaymentItem) -> str:
        """As the pages say it."""
        return rests_on(item)


class PaymentForm(InPounds):
    """A payment from a council for a month, or money that it takes back, as it was certified and how far it came."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(PaymentKind.choices)
    month = serializers.SerializerMethodField(help_text="As 2019-08.")
    payer = serializers.CharField(source="payer.short_name")
    payee = serializers.CharField(source="payee.short_name")
    state = serializers.ChoiceField(PaymentState.choices)
    state_in_words = serializers.SerializerMethodField()
    due = PoundsField(help_text="The instalments of the month.")
    deducted = PoundsField()
    added = PoundsField()
    to_pay = PoundsField(help_text="Due less deducted plus added.")
    items = serializers.SerializerMethodField(help_text="Each deduction and addition.")
    certified_at = serializers.DateTimeField()
    tested_at = serializers.SerializerMethodField()
    approved_at = serializers.SerializerMethodField()
    sent_at = serializers.SerializerMethodField()
    paid_at = serializers.SerializerMethodField()
    ledger_reference = serializers.CharField(help_text="In the payer’s ledger; empty until paid.")
    reverses = serializers.IntegerField(
        source="reverses.number", default=None, allow_null=True, help_text="The payment that it takes back."
    )
    is_illustrative = serializers.BooleanField(help_text="Made up for the demo.")

    def get_month(self, payment: Payment) -> str:
        """As 2019-08."""
        return written_month(payment.month)

    def get_state_in_words(self, payment: Payment) -> str:
        """As the pages say it."""
        return state_words(payment)

    @extend_schema_field(ItemForm(many=True))
    def get_items(self, payment: Payment) -> Any:
        """In the order in which they were written."""
        return ItemForm(sorted(payment.items.all(), key=lambda one: one.pk), many=True).data

    @extend_schema_field(MOMENT)
    def get_tested_at(self, payment: Payment) -> datetime | None:
        """When the statutory test was recorded, met or not."""
        return _when(payment, (PaymentState.TESTED, PaymentState.NOT_MET))

    @extend_schema_field(MOMENT)
    def get_approved_at(self, payment: Payment) -> datetime | None:
        """When a second person approved it."""
        return _when(payment, (PaymentState.APPROVED,))

    @extend_schema_field(MOMENT)
    def get_sent_at(self, payment: Payment) -> datetime | None:
        """When it went to the payer's ledger."""
        return _when(payment, (PaymentState.SENT,))

    @extend_schema_field(MOMENT)
    def get_paid_at(self, payment: Payment) -> datetime | None:
        """When it was recorded as paid."""
        return _when(payment, (PaymentState.PAID,))


class InstalmentForm(serializers.Serializer[Any]):
    """What was due for one element."""

    element = serializers.CharField(source="element.code")
    name = serializers.CharField(source="element.name")
    due = PoundsField()


class OnePaymentForm(PaymentForm):
    """A payment with what was due for each element."""

    lines = serializers.SerializerMethodField(help_text="The instalments, one for each element.")

    @extend_schema_field(InstalmentForm(many=True))
    def get_lines(self, payment: Payment) -> Any:
        """In the elements' order."""
        held = sorted(payment.lines.all(), key=lambda one: (one.element.position, one.pk))
        return InstalmentForm(held, many=True).data


def written_month(month: date) -> str:
    """As 2019-08."""
    return f"{month:%Y-%m}"


def _when(payment: Payment, states: Sequence[str]) -> datetime | None:
    moments = (timezone.localtime(move.at) for move in payment.moves.all() if move.to_state in states)
    return next(moments, None)
