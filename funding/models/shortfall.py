"""What is deducted for posts that were paid for and are empty, as the agreement states it."""

from django.db import models
from django.db.models import Q

from contracts.models import Agreement, ServiceElement
from contracts.models.belonging import ELEMENTS, keeps_its_agreement, stays_within_its_agreement
from contracts.models.ranges import do_not_overlap, ends_after_it_starts
from performance.models import Measure

MEASURES = "performance_measure"


class ShortfallBasis(models.TextChoices):
    """How the amount follows from the empty posts."""

    SHARE = "share", "Share of the instalment that the empty posts are of the funded ones"
    RATE = "rate", "Pounds a year for each empty whole-time equivalent, a twelfth a month"


class ShortfallRate(models.Model):
    """The rate at which empty posts of an element are deducted, while in force, and the lines that count them."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="shortfall_rates")
    element = models.ForeignKey(ServiceElement, on_delete=models.PROTECT, related_name="shortfall_rates")
    basis = models.CharField(max_length=8, choices=ShortfallBasis, default=ShortfallBasis.SHARE)
    pounds_per_wte = models.DecimalField(
        "pounds a year for one whole-time equivalent",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Only for a rate in pounds.",
    )
    funded = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", help_text="The line of the return with the funded WTE."
    )
    in_post = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", help_text="The line with the WTE in post."
    )
    temporary = models.ForeignKey(
        Measure,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The line with temporary WTE, where they count as in post. Empty: they do not.",
    )
    in_force_from = models.DateField("first day in force")
    in_force_until = models.DateField("first day out of force", null=True, blank=True)
    is_illustrative = models.BooleanField(default=False, help_text="Not in a published paper: pages mark it with *.")
    source = models.CharField(max_length=120, help_text="Paper and paragraph: 004 §2.8.")

    class Meta:
        constraints = [
            do_not_overlap("shortfall_rates_of_an_element_do_not_overlap", ["element"]),
            ends_after_it_starts("a_shortfall_rate_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(basis="share", pounds_per_wte__isnull=True)
                | Q(basis="rate", pounds_per_wte__isnull=False, pounds_per_wte__gt=0),
                name="a_shortfall_rate_in_pounds_has_pounds",
                violation_error_message="Give pounds for one whole-time equivalent with a rate in pounds, above zero, "
                "and none with a share of the instalment.",
            ),
        ]
        triggers = [
            keeps_its_agreement("a_shortfall_rate_keeps_its_agreement"),
            stays_within_its_agreement(
                "a_shortfall_rate_is_of_its_agreement",
                {"element_id": ELEMENTS, "funded_id": MEASURES, "in_post_id": MEASURES, "temporary_id": MEASURES},
            ),
        ]

    def __str__(self) -> str:
        rate = "" if self.pounds_per_wte is None else f", £{self.pounds_per_wte:,.2f} a WTE"
        return f"Empty posts of {self.element.short_name}: {self.get_basis_display().split(',')[0].lower()}{rate}"
