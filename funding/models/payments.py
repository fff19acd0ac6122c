"""Payments from a council for a month: what was certified, line by line.

What was certified is never edited. Only the state moves, as the table of moves has it, and each step is a row.
"""

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.models import Agreement, Organisation, RecordOfDecision, ServiceElement
from contracts.models.belonging import ELEMENTS, agreement_of, refuses, stays_within_its_agreement
from funding.models.schedule import TOO_MUCH
from funding.payment_moves import LIVE, MOVES, PaymentState
from performance.models import Version

PAYMENTS = "funding_payment"


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


IS_NO_MOVE = "NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({})".format(
    ", ".join(f"'{before.value}>{after.value}'" for before, after in MOVES if before)
)
IS_NO_PARTY = """NOT EXISTS (SELECT 1 FROM contracts_party WHERE agreement_id = NEW.agreement_id
    AND organisation_id = NEW.payer_id AND role = 'council') OR NOT EXISTS (SELECT 1 FROM contracts_party
    WHERE agreement_id = NEW.agreement_id AND organisation_id = NEW.payee_id)"""
SUM_OF_ITEMS = """(SELECT coalesce(sum(amount), 0) FROM funding_paymentitem
    WHERE payment_id = NEW.id AND direction = '{}')"""
DOES_NOT_ADD_UP = f"""NEW.state <> OLD.state AND (
    NEW.due <> (SELECT coalesce(sum(due), 0) FROM funding_paymentline WHERE payment_id = NEW.id)
    OR NEW.deducted <> {SUM_OF_ITEMS.format("deduction")} OR NEW.added <> {SUM_OF_ITEMS.format("addition")})"""
MOVES_WITHOUT_STEP = """NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM funding_paymentmove
    WHERE payment_id = NEW.id AND from_state = OLD.state AND to_state = NEW.state)"""
# An element with something to pay and without a test that was met.
IS_NOT_TESTED = """NEW.state IN ('tested', 'approved') AND OLD.state <> NEW.state AND NEW.kind = 'payment' AND EXISTS (
    SELECT 1 FROM funding_paymentline line WHERE line.payment_id = NEW.id
    AND line.due + coalesce((SELECT sum(CASE direction WHEN 'addition' THEN amount ELSE -amount END)
        FROM funding_paymentitem item WHERE item.payment_id = NEW.id AND item.element_id = line.element_id), 0) > 0
    AND NOT EXISTS (SELECT 1 FROM funding_elementtest one JOIN funding_statutorytest test ON test.id = one.test_id
        WHERE test.payment_id = NEW.id AND one.element_id = line.element_id AND one.is_met))"""
IS_MORE_THAN_DUE = """NEW.direction = 'deduction' AND NEW.amount > 0 AND NEW.amount > (
    SELECT coalesce((SELECT sum(due) FROM funding_paymentline
        WHERE payment_id = NEW.payment_id AND element_id = NEW.element_id), 0)
    + coalesce((SELECT sum(CASE direction WHEN 'addition' THEN amount ELSE -amount END) FROM funding_paymentitem
        WHERE payment_id = NEW.payment_id AND element_id = NEW.element_id), 0))"""
IS_UNDER_WAY = f"EXISTS (SELECT 1 FROM {PAYMENTS} WHERE id = NEW.payment_id AND state <> 'certified')"
IS_NO_COUNTER_ENTRY = f"""NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {PAYMENTS} one
    WHERE one.id = NEW.reverses_id AND one.kind = 'payment' AND one.state = 'paid'
    AND (one.agreement_id, one.payer_id, one.payee_id, one.month, -one.due, -one.deducted, -one.added)
    = (NEW.agreement_id, NEW.payer_id, NEW.payee_id, NEW.month, NEW.due, NEW.deducted, NEW.added))"""
IS_REVERSED_ALONE = f"""NEW.state = 'reversed' AND OLD.state <> 'reversed' AND NOT EXISTS (
    SELECT 1 FROM {PAYMENTS} WHERE reverses_id = NEW.id AND state = 'certified')
    OR NEW.state = 'approved' AND OLD.state <> 'approved' AND NEW.reverses_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM {PAYMENTS} WHERE id = NEW.reverses_id AND state = 'reversed')"""
HAS_THE_OTHER_SIGN = f"""({{}} < 0) <> (SELECT kind = 'counter-entry' FROM {PAYMENTS} WHERE id = NEW.payment_id)
    AND {{}} <> 0"""


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
            stays_within_its_agreement(
                "a_payment_item_is_of_its_agreement",
                {"element_id": ELEMENTS, "decision_id": "contracts_recordofdecision"},
                own=agreement_of(PAYMENTS, "payment_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} of £{self.amount:,.2f}: {self.reason}"

    @property
    def change(self) -> Decimal:
        """What it does to the payment, in pounds: a deduction is below zero, but above it in a counter-entry."""
        return self.amount if self.direction == Direction.ADDITION else -self.amount
