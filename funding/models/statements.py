"""The annual statement (section 76 voucher): a year's expenditure by element, as prepared and as certified."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models import Agreement, Organisation, ServiceElement
from contracts.models.belonging import ELEMENTS, agreement_of, refuses, stays_within_its_agreement

STATEMENTS = "funding_annualstatement"
IS_OWN_STATEMENT = f"EXISTS (SELECT 1 FROM {STATEMENTS} WHERE id = NEW.statement_id AND prepared_by_id = NEW.by_id)"
IS_NOT_WHOLE = """NOT EXISTS (SELECT 1 FROM funding_statementline WHERE statement_id = NEW.statement_id)
    OR EXISTS (
    SELECT 1 FROM funding_statementline WHERE statement_id = NEW.statement_id AND spent IS NULL)
    OR (SELECT coalesce(sum(paid), 0) FROM funding_statementline WHERE statement_id = NEW.statement_id)
    <> (SELECT ledger_total FROM funding_annualstatement WHERE id = NEW.statement_id)"""
IS_NO_OFFICER = f"""NOT EXISTS (SELECT 1 FROM contracts_membership held JOIN {STATEMENTS} statement
    ON statement.recipient_id = held.organisation_id
    WHERE statement.id = NEW.statement_id AND held.user_id = NEW.by_id)"""
IS_REPLACED = f"""EXISTS (SELECT 1 FROM {STATEMENTS} later JOIN {STATEMENTS} this ON this.id = NEW.statement_id
    WHERE later.agreement_id = this.agreement_id AND later.payer_id = this.payer_id
    AND later.year_start = this.year_start AND later.number > this.number)"""
IS_CERTIFIED = "EXISTS (SELECT 1 FROM funding_statementcertificate WHERE statement_id = NEW.statement_id)"


class AnnualStatement(models.Model):
    """One version of the statement of a year to 31 March, between a payer and a recipient. Never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="annual_statements")
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year_start = models.DateField(help_text="1 April of the year.")
    number = models.PositiveSmallIntegerField(help_text="From 1 in each year.")
    ledger_total = models.DecimalField(
        max_digits=14, decimal_places=2, help_text="Pounds paid in the year, as the payer’s ledger shows them."
    )
    why = models.CharField(max_length=500, blank=True, help_text="Why it replaces the version before.")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_by_name = models.CharField(max_length=200)
    prepared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "payer", "year_start", "number"], name="a_statement_number_is_used_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(year_start__day=1, year_start__month=4), name="a_statement_is_of_a_financial_year"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="statements_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Statement of {self.year_start.year}/{(self.year_start.year + 1) % 100:02d}, version {self.number}"


class StatementLine(models.Model):
    """One element of a statement, in pounds; `spent` is None where a month's open book is missing. Never changed."""

    statement = models.ForeignKey(AnnualStatement, on_delete=models.PROTECT, related_name="lines")
    element = models.ForeignKey(ServiceElement, on_delete=models.PROTECT, related_name="+")
    due = models.DecimalField(max_digits=14, decimal_places=2)
    deducted = models.DecimalField(max_digits=14, decimal_places=2)
    added = models.DecimalField(max_digits=14, decimal_places=2)
    paid = models.DecimalField(max_digits=14, decimal_places=2)
    spent = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    explanation = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "element"], name="a_statement_has_one_line_an_element"),
            models.CheckConstraint(
                condition=Q(spent__isnull=True) | Q(spent=models.F("paid")) | ~Q(explanation=""),
                name="a_variance_is_explained",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="statement_lines_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_certified_statement_has_no_more_lines", IS_CERTIFIED, pgtrigger.Insert),
            stays_within_its_agreement(
                "a_statement_line_is_of_its_agreement",
                {"element_id": ELEMENTS},
                own=agreement_of(STATEMENTS, "statement_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement}: {self.element.short_name}"


class StatementCertificate(models.Model):
    """The recipient's officer certifies that the money was spent as the statement says. Never changed."""

    statement = models.OneToOneField(AnnualStatement, on_delete=models.PROTECT, related_name="certificate")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    office = models.CharField(max_length=120, help_text="In which office: Chief Finance Officer.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(office=""), name="who_certifies_a_statement_names_their_office"),
        ]
        triggers = [
            pgtrigger.Protect(name="certificates_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("nobody_certifies_a_statement_they_prepared", IS_OWN_STATEMENT, pgtrigger.Insert),
            refuses("a_statement_is_certified_whole", IS_NOT_WHOLE, pgtrigger.Insert),
            refuses("a_statement_is_certified_by_its_recipient", IS_NO_OFFICER, pgtrigger.Insert),
            refuses("a_replaced_statement_is_not_certified", IS_REPLACED, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.statement}, certified by {self.by_name}"
