"""The steps that a payment took."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.models.belonging import refuses
from funding.models.payment_rules import PAYMENTS
from funding.models.payments import Payment
from funding.payment_moves import PaymentState

# A step is written first, and the payment's state follows it.
STARTS_ELSEWHERE = f"""NOT EXISTS (SELECT 1 FROM {PAYMENTS} WHERE id = NEW.payment_id
    AND state = CASE NEW.from_state WHEN '' THEN NEW.to_state ELSE NEW.from_state END)"""
IS_OWN_APPROVAL = f"""NEW.to_state = 'approved' AND EXISTS (
    SELECT 1 FROM {PAYMENTS} WHERE id = NEW.payment_id AND certified_by_id = NEW.by_id)"""


class PaymentMove(models.Model):
    """One step of a payment from state to state: who, when and why. Never changed."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=16, choices=PaymentState, blank=True)
    to_state = models.CharField(max_length=16, choices=PaymentState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "to_state"], name="a_payment_takes_a_step_once"),
            models.CheckConstraint(
                condition=Q(to_state__in=PaymentState.values) & ~Q(from_state=F("to_state")),
                name="a_payment_step_changes_the_state",
            ),
            models.CheckConstraint(
                condition=~Q(to_state__in=["cancelled", "test-not-met"]) | ~Q(reason=""),
                name="a_payment_is_stopped_for_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_moves_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("nobody_approves_what_they_certified", IS_OWN_APPROVAL, pgtrigger.Insert),
            refuses("a_payment_step_starts_where_the_payment_is", STARTS_ELSEWHERE, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.payment} {self.to_state}"
