"""What was agreed to be measured, and the targets in force month by month."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from contracts.floors import floor_fault
from contracts.models.agreement import Agreement, Area, ServiceElement, code_of_thing
from contracts.models.belonging import (
    AREAS,
    ELEMENTS,
    INDICATORS,
    agreement_of,
    keeps_its_agreement,
    stays_within_its_agreement,
)
from contracts.models.ranges import do_not_overlap, ends_after_it_starts


class Polarity(models.TextChoices):
    """Which way an indicator is better."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    CLOSEST = "closest", "Closest to the target is best"
    NONE = "none", "Neither: for information"


class Unit(models.TextChoices):
    """What an indicator counts."""

    CHILDREN = "children", "children"
    CONTACTS = "contacts", "contacts"
    REFERRALS = "referrals", "referrals"
    CASES = "cases", "cases"
    ASSESSMENTS = "assessments", "assessments"
    WTE = "WTE", "whole-time equivalents"
    PERCENT = "percent", "percent"
    POUNDS = "pounds", "pounds"


class Purpose(models.TextChoices):
    """What pages use an indicator for. All but the headline are worked out for each element."""

    HEADLINE = "headline", "Headline of its element"
    STAFF = "staff", "Staff in post of an element"
    CASELOAD_SHARE = "caseload-share", "An element’s share of caseload"
    CONTRACT_SHARE = "contract-share", "An element’s share of contract value"
    COUNCIL_SHARE = "council-share", "An element’s share of the council’s money"
    UNSPENT = "unspent", "An element’s money funded and not spent"
    COST_PER_CASE = "cost-per-case", "An element’s cost per case held"


class Indicator(models.Model):
    """A measure that the parties agreed to judge the service by; `performance` holds how it is worked out."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=60, validators=[code_of_thing])
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=16, choices=Unit)
    polarity = models.CharField(max_length=8, choices=Polarity)
    element = models.ForeignKey(
        ServiceElement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicators",
        help_text="Empty for the whole service, or where it is worked out for each element.",
    )
    purpose = models.CharField(
        max_length=16,
        choices=Purpose,
        blank=True,
        help_text="Where pages show it by themselves; empty: only among an element’s measures.",
    )
    position = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=120, blank=True, help_text="Paper and paragraph: 003 §3.2.")
    note = models.CharField(max_length=240, blank=True, help_text="Shown beside the figure.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="an_indicator_code_is_used_once"),
            models.UniqueConstraint(
                fields=["element"], condition=Q(purpose="headline"), name="an_element_has_one_headline_indicator"
            ),
            models.UniqueConstraint(
                fields=["agreement", "purpose"],
                condition=~Q(purpose__in=["", "headline"]),
                name="a_purpose_is_served_by_one_indicator",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="headline") | Q(element__isnull=False),
                name="a_headline_indicator_has_an_element",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["", *Purpose.values]), name="an_indicator_has_a_known_purpose"
            ),
            models.CheckConstraint(condition=Q(polarity__in=Polarity.values), name="an_indicator_has_a_known_polarity"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="an_indicator_has_a_known_unit"),
        ]
        triggers = [
            keeps_its_agreement("an_indicator_keeps_its_agreement"),
            stays_within_its_agreement("an_indicator_is_of_an_element_agreed_with_it", {"element_id": ELEMENTS}),
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """The value an indicator must reach, and the floor under it, from a day until a day."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="targets",
        help_text="Empty: the same target in every area.",
    )
    value = models.DecimalField(max_digits=14, decimal_places=4)
    floor = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Red begins beyond it. For “closest” it is the largest distance from the target.",
    )
    is_illustrative = models.BooleanField(default=False, help_text="Not in a published paper: pages mark it with *.")
    floor_is_illustrative = models.BooleanField(default=False)
    in_force_from = models.DateField("first day in force")
    in_force_until = models.DateField(
        "first day out of force", null=True, blank=True, help_text="Empty while it holds."
    )
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            do_not_overlap("targets_of_an_indicator_do_not_overlap", ["indicator", "area"]),
            ends_after_it_starts("a_target_ends_after_it_starts"),
        ]
        triggers = [
            stays_within_its_agreement(
                "a_target_is_of_an_area_of_its_agreement",
                {"area_id": AREAS},
                own=agreement_of(INDICATORS, "indicator_id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value.normalize():f} from {self.in_force_from:%-d %B %Y}"

    def clean(self) -> None:
        """Refuse a floor that is better than the target."""
        if self.value is not None and self.indicator_id is not None:
            fault = floor_fault(self.value, self.floor, self.indicator.polarity)
            if fault:
                raise ValidationError({"floor": fault})
