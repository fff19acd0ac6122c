"""The statutory test of a payment: asked before money leaves, answered for each element."""

import pgtrigger
from django.conf import settings
from django.db import models

from contracts.models import ServiceElement
from contracts.models.belonging import refuses
from funding.models.payment_rules import PAYMENTS
from funding.models.payments import Payment

OF_ANOTHER_AGREEMENT = f"""(SELECT agreement_id FROM contracts_serviceelement WHERE id = NEW.element_id) <> (
    SELECT payment.agreement_id FROM {PAYMENTS} payment
    JOIN funding_statutorytest test ON test.payment_id = payment.id WHERE test.id = NEW.test_id)"""
IS_UNDER_WAY = f"EXISTS (SELECT 1 FROM {PAYMENTS} WHERE id = NEW.payment_id AND state <> 'certified')"


class StatutoryTest(models.Model):
    """The question as it was put, the grounds, and who answered. Never changed."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="test")
    question = models.CharField(max_length=300)
    grounds = models.CharField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(grounds=""), name="a_statutory_test_has_its_grounds"),
        ]
        triggers = [
            pgtrigger.Protect(name="statutory_tests_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_payment_is_tested_before_it_moves_on", IS_UNDER_WAY, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"Test of {self.payment}"


class ElementTest(models.Model):
    """The answer for one element. Never changed."""

    test = models.ForeignKey(StatutoryTest, on_delete=models.PROTECT, related_name="answers")
    element = models.ForeignKey(ServiceElement, on_delete=models.PROTECT, related_name="+")
    is_met = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["test", "element"], name="a_test_answers_for_an_element_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="answers_to_a_test_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_test_is_of_elements_of_its_agreement", OF_ANOTHER_AGREEMENT, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.test}: {self.element.short_name} {'met' if self.is_met else 'not met'}"
