"""Kinds of contract notice: the stages each goes through, and the dated terms of its clocks and its withholding.

The day counts and percentages differ between editions of the NHS Standard Contract, so each is a term of the
agreement and counts as unchecked until somebody records where in the contract they found it.
"""

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.levers.ladder import STEPS
from contracts.models.agreement import Agreement, code_of_thing
from contracts.models.belonging import keeps_its_agreement, refuses, refuses_to_delete
from contracts.models.ranges import do_not_overlap, ends_after_it_starts

WHOLE = Decimal(100)
IS_IN_USE = "EXISTS (SELECT 1 FROM contracts_notice WHERE kind_id = {})"
STEP_CHOICES = [(stage.value, stage.label) for stage in STEPS]
IS_CHECKED_OR_NOT = Q(checked_reference="", checked_by__isnull=True, checked_on__isnull=True) | (
    ~Q(checked_reference="") & Q(checked_by__isnull=False, checked_on__isnull=False)
)


class WhoActs(models.TextChoices):
    """Who is to do what a stage waits for."""

    COMMISSIONER = "commissioner", "Coordinating commissioner"
    PROVIDER = "provider", "Provider"
    BOTH = "both", "Coordinating commissioner and provider"


class ClockUnit(models.TextChoices):
    """What a clock counts."""

    OPERATIONAL_DAYS = "operational-days", "Operational Days"
    CALENDAR_MONTHS = "calendar-months", "calendar months"


class WithholdingBasis(models.TextChoices):
    """What a percentage is withheld of."""

    ELEMENT = "element", "the monthly instalment of the notice’s element"
    AGREEMENT = "agreement", "the whole monthly payment"


class NoticeKind(models.Model):
    """A contract lever: Activity Query Notice, Contract Performance Notice, information breach and any other."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notice_kinds")
    code = models.CharField(max_length=40, validators=[code_of_thing])
    name = models.CharField(max_length=80, help_text="Contract Performance Notice.")
    abbreviation = models.CharField(max_length=12, help_text="As its number begins: CPN.")
    clause = models.CharField(max_length=80, blank=True, help_text="Where the contract has it: General Condition 9.")
    used_when = models.CharField(max_length=240, blank=True, help_text="Shown to who asks for one.")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="a_notice_kind_code_is_used_once"),
            models.UniqueConstraint(fields=["agreement", "abbreviation"], name="a_notice_abbreviation_is_used_once"),
        ]
        triggers = [
            keeps_its_agreement("a_notice_kind_keeps_its_agreement"),
            refuses(
                "a_notice_kind_in_use_keeps_its_name",
                f"(NEW.name, NEW.abbreviation) <> (OLD.name, OLD.abbreviation) AND {IS_IN_USE.format('OLD.id')}",
                pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NoticeStep(models.Model):
    """A stage that notices of a kind go through, as the contract calls what it waits for."""

    kind = models.ForeignKey(NoticeKind, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=20, choices=STEP_CHOICES)
    name = models.CharField(max_length=80, help_text="Contract management meeting.")
    who_acts = models.CharField(max_length=16, choices=WhoActs)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "stage"], name="a_notice_kind_has_a_stage_once"),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in STEPS]), name="a_notice_step_is_a_known_stage"
            ),
            models.CheckConstraint(condition=Q(who_acts__in=WhoActs.values), name="a_notice_step_says_who_acts"),
        ]
        triggers = [
            refuses(
                "a_notice_step_stays_the_same_stage",
                "(NEW.kind_id, NEW.stage) <> (OLD.kind_id, OLD.stage)",
                pgtrigger.Update,
            ),
            refuses_to_delete(
                "a_notice_step_of_a_kind_in_use_stays",
                IS_IN_USE.format("OLD.kind_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind.abbreviation}: {self.name}"


class StepClock(models.Model):
    """How long a stage may take, from a day until a day: a term of the agreement."""

    step = models.ForeignKey(NoticeStep, on_delete=models.PROTECT, related_name="clocks")
    count = models.PositiveSmallIntegerField(help_text="The day of service, or of the step before, does not count.")
    unit = models.CharField(max_length=20, choices=ClockUnit, default=ClockUnit.OPERATIONAL_DAYS)
    in_force_from = models.DateField("first day in force")
    in_force_until = models.DateField("first day out of force", null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    checked_reference = models.CharField(
        "found in the contract at", max_length=120, blank=True, help_text="Clause and page. Empty: not checked yet."
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            do_not_overlap("clocks_of_a_step_do_not_overlap", ["step"]),
            ends_after_it_starts("a_step_clock_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(count__gte=1, count__lte=250),
                name="a_step_clock_runs_a_day_at_least",
                violation_error_message="Give a number from 1 to 250.",
            ),
            models.CheckConstraint(condition=Q(unit__in=ClockUnit.values), name="a_step_clock_counts_a_known_unit"),
            models.CheckConstraint(condition=IS_CHECKED_OR_NOT, name="a_checked_clock_says_who_found_it_where"),
        ]
        triggers = [
            refuses(
                "a_checked_clock_keeps_its_days",
                "OLD.checked_reference <> '' AND (NEW.count, NEW.unit, NEW.step_id, NEW.in_force_from) <> "
                "(OLD.count, OLD.unit, OLD.step_id, OLD.in_force_from)",
                pgtrigger.Update,
            )
        ]

    def __str__(self) -> str:
        return f"{self.step}, {self.count} {self.get_unit_display()} from {self.in_force_from:%-d %B %Y}"


class WithholdingTerm(models.Model):
    """What may be withheld under a kind of notice, and when it is kept for good: a dated term of the agreement."""

    kind = models.ForeignKey(NoticeKind, on_delete=models.PROTECT, related_name="withholding_terms")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    basis = models.CharField(max_length=16, choices=WithholdingBasis, default=WithholdingBasis.ELEMENT)
    kept_after_months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Put right within so many calendar months of the first day of withholding, it is released; later, "
        "or never put right, it is kept. Empty: whatever is put right is released.",
    )
    in_force_from = models.DateField("first day in force")
    in_force_until = models.DateField("first day out of force", null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    checked_reference = models.CharField(
        "found in the contract at", max_length=120, blank=True, help_text="Clause and page. Empty: not checked yet."
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            do_not_overlap("withholding_terms_of_a_kind_do_not_overlap", ["kind"]),
            ends_after_it_starts("a_withholding_term_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=WHOLE),
                name="a_part_of_a_payment_is_withheld",
                violation_error_message="Give a percentage above 0 and up to 100.",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=WithholdingBasis.values), name="a_withholding_has_a_known_basis"
            ),
            models.CheckConstraint(
                condition=Q(kept_after_months__isnull=True) | Q(kept_after_months__gte=1),
                name="a_withholding_is_kept_after_a_month_at_least",
                violation_error_message="Give 1 month or more, or leave it empty: whatever is put right is released.",
            ),
            models.CheckConstraint(condition=IS_CHECKED_OR_NOT, name="a_checked_withholding_says_who_found_it_where"),
        ]
        triggers = [
            refuses(
                "a_checked_withholding_keeps_its_percentage",
                "OLD.checked_reference <> '' AND (NEW.percent, NEW.basis, NEW.kind_id, NEW.in_force_from, "
                "NEW.kept_after_months) IS DISTINCT FROM (OLD.percent, OLD.basis, OLD.kind_id, OLD.in_force_from, "
                "OLD.kept_after_months)",
                pgtrigger.Update,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind.abbreviation}: {self.percent.normalize():f} % of {self.get_basis_display()}"
