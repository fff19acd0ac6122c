"""Who pays how much a year for what."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from contracts.models import Agreement, Organisation, ServiceElement
from contracts.models.belonging import ELEMENTS, refuses, stays_within_its_agreement
from contracts.models.ranges import do_not_overlap, ends_after_it_starts

IS_NO_PARTY = """NOT EXISTS (SELECT 1 FROM contracts_party
    WHERE agreement_id = NEW.agreement_id AND organisation_id = NEW.funder_id)"""
# Above every amount, and below PostgreSQL's NaN, which compares as the largest number.
TOO_MUCH = Decimal(10) ** 12


class FundingLine(models.Model):
    """An annual amount that one party pays, for one element or for the rest of the service, while in force."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="funding_lines")
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="funding_lines")
    element = models.ForeignKey(
        ServiceElement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="funding_lines",
        help_text="Empty: the service outside the named elements.",
    )
    annual_amount = models.DecimalField(max_digits=14, decimal_places=2, help_text="Pounds a year.")
    in_force_from = models.DateField("first day in force")
    in_force_until = models.DateField("first day out of force", null=True, blank=True)
    source = models.CharField(max_length=120, help_text="Paper and paragraph: 004 §1.8.")
    note = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            do_not_overlap("funding_lines_of_a_thing_do_not_overlap", ["agreement", "funder", "element"]),
            ends_after_it_starts("a_funding_line_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(annual_amount__gte=0), name="a_funding_line_is_not_negative"),
            models.CheckConstraint(condition=Q(annual_amount__lt=TOO_MUCH), name="a_funding_line_is_an_amount"),
        ]
        triggers = [
            stays_within_its_agreement("a_funding_line_pays_for_its_agreement", {"element_id": ELEMENTS}),
            refuses("a_funding_line_is_paid_by_a_party", IS_NO_PARTY),
        ]

    def __str__(self) -> str:
        return f"{self.funder.short_name}: £{self.annual_amount:,.2f} a year"
