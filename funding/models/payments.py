"""Payments from a council for a month: what was certified, line by line.

What was certified is never edited. Only the state moves, as the table of moves has it, and each step is a row.
"""

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.models import Agreement, Notice, Organisation, RecordOfDecision, ServiceElement
from contracts.models.belonging import ELEMENTS, agreement_of, refuses, stays_within_its_agreement
from funding.models.payment_rules import (
    DOES_NOT_ADD_UP,
    GIVES_BACK_TOO_MUCH,
    HAS_THE_OTHER_SIGN,
    HOLD_WHAT_WITHHELD,
    IS_MORE_THAN_DUE,
    IS_NO_COUNTER_ENTRY,
    IS_NO_MOVE,
    IS_NO_PARTY,
    IS_NOT_TESTED,
    IS_REVERSED_ALONE,
    IS_UNDER_WAY,
    MOVES_WITHOUT_STEP,
    PAYMENTS,
    RESTS_ON_NO_SERVED_NOTICE,
    TAKES_WHAT_WAS_GIVEN_BACK,
)
from funding.models.schedule import TOO_MUCH
from funding.payment_moves import LIVE, PaymentState
from performance.models import Version


class PaymentKind(models.TextChoices):
    """Money paid, or money taken back."""

    PAYMENT = "payment", "Payment"
    COUNTER_ENTRY = "counter-entry", "Counter-entry"


class Direction(models.TextChoices):
    """Which way an item moves what is paid."""

    DEDUCTION = "deduction", "Deduction"
    ADDITION = "addition", "Addition"


class ItemKind(models.TextChoices):
    """What a deduction or an addition rests on."""

    SHORTFALL = "shortfall", "Empty posts"
    NOTICE = "notice", "Contract notice"
    DECISION = "decision", "Decision"
    CORRECTION = "correction", "Correction of an earlier month"


class Payment(models.Model):
    """What a council pays for one month, or takes back of it, as one person certified it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="payments")
    number = models.PositiveIntegerField(help_text="From 1 in each agreement.")
    kind = models.CharField(max_length=16, choices=PaymentKind, default=PaymentKind.PAYMENT)
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="payments_made")
    payee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="payments_received")
    month = models.DateField(help_text="First day of the month.")
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="counter_entries")
    due = models.DecimalField(max_digits=14, decimal_places=2, help_text="Pounds: the instalments of the month.")
    deducted = models.DecimalField(max_digits=14, decimal_places=2)
    added = models.DecimalField(max_digits=14, decimal_places=2)
    to_pay = models.DecimalField(max_digits=14, decimal_places=2)
    is_illustrative = models.BooleanField(default=False, help_text="Made up for the demo: pages mark it.")
    certified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    certified_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=PaymentState, default=PaymentState.CERTIFIED)
    ledger_reference = models.CharField(max_length=40, blank=True, help_text="In the payer’s ledger, once paid.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="a_payment_number_is_used_once"),
            models.UniqueConstraint(
                fields=["agreement", "payer", "month"],
                condition=Q(kind="payment", state__in=LIVE),
                name="a_month_is_paid_once",
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(state__in=LIVE), name="a_payment_is_reversed_once"
            ),
            models.UniqueConstraint(
                fields=["payer", "ledger_reference"],
                condition=~Q(ledger_reference=""),
                name="a_ledger_reference_is_used_once",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_payment_is_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(due__lt=TOO_MUCH, deducted__lt=TOO_MUCH, added__lt=TOO_MUCH), name="a_payment_is_of_amounts"
            ),
            models.CheckConstraint(condition=~Q(payer=F("payee")), name="nobody_pays_themselves"),
            models.CheckConstraint(condition=Q(state__in=PaymentState.values), name="a_payment_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(to_pay=F("due") - F("deducted") + F("added")),
                name="what_is_to_pay_follows_from_what_is_due",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="payment", reverses__isnull=True, due__gte=0, deducted__gte=0, added__gte=0, to_pay__gte=0
                )
                | Q(
                    kind="counter-entry",
                    reverses__isnull=False,
                    due__lte=0,
                    deducted__lte=0,
                    added__lte=0,
                    to_pay__lte=0,
                ),
                name="only_a_counter_entry_takes_money_back",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["paid", "reversed"]) & ~Q(ledger_reference="")
                | ~Q(state__in=["paid", "reversed"]) & Q(ledger_reference=""),
                name="what_was_paid_has_its_reference",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payments_are_not_deleted", operation=pgtrigger.Delete),
            refuses("a_payment_is_between_parties", IS_NO_PARTY, pgtrigger.Insert),
            refuses("a_payment_starts_certified", "NEW.state <> 'certified'", pgtrigger.Insert),
            refuses("a_payment_moves_as_the_table_has_it", IS_NO_MOVE, pgtrigger.Update),
            refuses("a_payment_adds_up", DOES_NOT_ADD_UP, pgtrigger.Update),
            refuses("a_payment_moves_with_its_step", MOVES_WITHOUT_STEP, pgtrigger.Update),
            refuses("a_counter_entry_turns_a_paid_payment", IS_NO_COUNTER_ENTRY, pgtrigger.Insert),
            refuses("a_payment_is_reversed_with_its_counter_entry", IS_REVERSED_ALONE, pgtrigger.Update),
            refuses("no_payment_leaves_without_its_test", IS_NOT_TESTED, pgtrigger.Update),
            refuses("what_was_given_back_stays_withheld", TAKES_WHAT_WAS_GIVEN_BACK, pgtrigger.Update),
            pgtrigger.Protect(
                name="what_was_certified_is_not_edited",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "agreement_id",
                    "number",
                    "kind",
                    "payer_id",
                    "payee_id",
                    "month",
                    "reverses_id",
                    "due",
                    "deducted",
                    "added",
                    "to_pay",
                    "is_illustrative",
                    "certified_by_id",
                    "certified_at",
                ),
            ),
            pgtrigger.Protect(
                name="a_ledger_reference_is_not_edited",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__ledger_reference="")
                & pgtrigger.Q(old__ledger_reference__df=pgtrigger.F("new__ledger_reference")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} for {self.month:%B %Y}"

    @property
    def needs_test(self) -> bool:
        """Whether money is to leave, so that the law asks its question: a counter-entry takes money back."""
        return self.kind == PaymentKind.PAYMENT and self.to_pay > 0


class PaymentLine(models.Model):
    """What was due for one element, with the funding lines it followed from. Never changed."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="lines")
    element = models.ForeignKey(ServiceElement, on_delete=models.PROTECT, related_name="payment_lines")
    due = models.DecimalField(max_digits=14, decimal_places=2)
    terms = models.JSONField(default=list, help_text="The funding lines as they stood.")
    shortfall = models.JSONField(
        default=dict,
        help_text="The empty posts as they were worked out, or why they were not known; empty without a rate in force.",
    )
    withheld = models.JSONField(
        default=list, help_text="What notices withhold of it as it was worked out: notice, its reference, amount."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "element"], name="a_payment_has_one_line_an_element"),
            models.CheckConstraint(condition=Q(due__lt=TOO_MUCH), name="a_payment_line_is_an_amount"),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_lines_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("payment_lines_are_written_with_their_payment", IS_UNDER_WAY, pgtrigger.Insert),
            refuses(
                "a_payment_line_has_its_payments_sign",
                HAS_THE_OTHER_SIGN.format("NEW.due", "NEW.due"),
                pgtrigger.Insert,
            ),
            stays_within_its_agreement(
                "a_payment_line_is_of_its_agreement",
                {"element_id": ELEMENTS},
                own=agreement_of(PAYMENTS, "payment_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment}: {self.element.short_name} £{self.due:,.2f}"


class PaymentItem(models.Model):
    """A deduction from an element's instalment, or an addition to it, with its reason and what it rests on.

    `basis` keeps the numbers an amount was worked out from and the cells they stood in. Never changed.
    """

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="items")
    element = models.ForeignKey(ServiceElement, on_delete=models.PROTECT, related_name="payment_items")
    direction = models.CharField(max_length=12, choices=Direction)
    kind = models.CharField(max_length=12, choices=ItemKind)
    amount = models.DecimalField(max_digits=14, decimal_places=2, help_text="Pounds; below zero in a counter-entry.")
    for_month = models.DateField(help_text="The month it concerns: the payment’s own, or the one corrected.")
    reason = models.CharField(max_length=500)
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="payment_items")
    decision = models.ForeignKey(RecordOfDecision, null=True, on_delete=models.PROTECT, related_name="payment_items")
    notice = models.CharField(max_length=60, blank=True, help_text="The notice’s reference.")
    contract_notice = models.ForeignKey(
        Notice,
        null=True,
        on_delete=models.PROTECT,
        related_name="payment_items",
        help_text="The notice that it is withheld under, or given back of; empty for one that is not held here.",
    )
    basis = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_deduction_or_addition_is_not_nothing"),
            models.CheckConstraint(condition=Q(amount__lt=TOO_MUCH), name="a_deduction_or_addition_is_an_amount"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_deduction_or_addition_has_a_reason"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="an_item_is_a_deduction_or_an_addition"
            ),
            models.CheckConstraint(condition=Q(for_month__day=1), name="an_item_is_for_a_whole_month"),
            models.CheckConstraint(
                condition=Q(kind="shortfall", version__isnull=False)
                | Q(kind="notice", notice__gt="")
                | Q(kind="decision", decision__isnull=False)
                | Q(kind="correction"),
                name="a_deduction_or_addition_names_what_it_rests_on",
            ),
            models.CheckConstraint(
                condition=Q(contract_notice__isnull=True) | Q(kind="notice"),
                name="what_a_notice_withholds_is_of_its_kind",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_items_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("payment_items_are_written_with_their_payment", IS_UNDER_WAY, pgtrigger.Insert),
            refuses(
                "a_payment_item_has_its_payments_sign",
                HAS_THE_OTHER_SIGN.format("NEW.amount", "NEW.amount"),
                pgtrigger.Insert,
            ),
            refuses("a_deduction_is_not_above_what_is_due", IS_MORE_THAN_DUE, pgtrigger.Insert),
            refuses(
                "no_more_is_given_back_than_was_withheld",
                GIVES_BACK_TOO_MUCH,
                pgtrigger.Insert,
                first=HOLD_WHAT_WITHHELD,
            ),
            refuses("an_item_rests_on_a_served_notice", RESTS_ON_NO_SERVED_NOTICE, pgtrigger.Insert),
            stays_within_its_agreement(
                "a_payment_item_is_of_its_agreement",
                {
                    "element_id": ELEMENTS,
                    "decision_id": "contracts_recordofdecision",
                    "contract_notice_id": "contracts_notice",
                },
                own=agreement_of(PAYMENTS, "payment_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} of £{self.amount:,.2f}: {self.reason}"

    @property
    def change(self) -> Decimal:
        """What it does to the payment, in pounds: a deduction is below zero, but above it in a counter-entry."""
        return self.amount if self.direction == Direction.ADDITION else -self.amount
