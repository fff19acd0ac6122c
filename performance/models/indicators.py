"""How indicators are worked out, the figures that came of it, and what waits to be worked out again."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.models import Agreement, Area, Indicator, Pathway, ServiceElement, Unit
from contracts.models.belonging import ELEMENTS, PATHWAYS, stays_within_its_agreement
from contracts.models.ranges import do_not_overlap, ends_after_it_starts
from performance.form import Sheet
from performance.indicators import Aggregation, Part
from performance.verdicts import Verdict


class Definition(models.Model):
    """One version of an indicator's formula, in force from a day until a day."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    aggregation = models.CharField(
        max_length=20, choices=[(a.value, a.value[0].upper() + a.value[1:]) for a in Aggregation]
    )
    for_each_element = models.BooleanField(
        "worked out for each element", default=False, help_text="One figure for every service element in force."
    )
    by_area = models.BooleanField("worked out by area", default=True)
    in_force_from = models.DateField("first day in force")
    in_force_until = models.DateField("first day out of force", null=True, blank=True)
    note = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            do_not_overlap("definitions_of_an_indicator_do_not_overlap", ["indicator"]),
            ends_after_it_starts("a_definition_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(aggregation__in=[a.value for a in Aggregation]),
                name="a_definition_aggregates_in_a_known_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} from {self.in_force_from:%-d %B %Y}"


AGREEMENT_OF_DEFINITION = """(SELECT indicator.agreement_id FROM performance_definition definition
    JOIN contracts_indicator indicator ON indicator.id = definition.indicator_id
    WHERE definition.id = NEW.definition_id)"""


class Term(models.Model):
    """One named sum in a formula: which input, of which element, added to or taken from which part."""

    definition = models.ForeignKey(
        Definition, on_delete=models.CASCADE, related_name="terms"
    )  # CASCADE: a term is part of its formula.
    part = models.CharField(max_length=12, choices=[(p.value, p.value.capitalize()) for p in Part])
    is_subtracted = models.BooleanField("taken away", default=False)
    source = models.CharField(max_length=40, help_text="Where the input comes from.")
    sheet = models.CharField(
        max_length=24, blank=True, choices=[(s.value, s.value) for s in Sheet], help_text="Lines of the return only."
    )
    element = models.ForeignKey(
        ServiceElement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: the whole service.",
    )
    is_own_element = models.BooleanField(
        "of the figure’s element", default=False, help_text="The element that each figure is worked out for."
    )
    pathway = models.ForeignKey(Pathway, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120, blank=True, help_text="The measure's label; empty: all of the sheet's.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=[p.value for p in Part]), name="a_term_is_of_a_known_part"),
            models.CheckConstraint(
                condition=~Q(source="return") | ~Q(sheet=""), name="a_term_of_the_return_names_its_sheet"
            ),
            models.CheckConstraint(
                condition=Q(is_own_element=False) | Q(element__isnull=True),
                name="a_term_is_of_one_element_or_of_the_figures_own",
            ),
        ]
        triggers = [
            stays_within_its_agreement(
                "a_term_is_of_its_indicators_agreement",
                {"element_id": ELEMENTS, "pathway_id": PATHWAYS},
                own=AGREEMENT_OF_DEFINITION,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.source} {self.sheet} {self.label}".strip()


class StepChange(models.Model):
    """Somebody's decision that a measure moved to a new level, so that limits start afresh. Never automatic."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="step_changes")
    month = models.DateField(help_text="First day of the first month at the new level.")
    reason = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "month"], name="a_step_change_is_recorded_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_step_change_begins_with_a_month"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_step_change_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: new level from {self.month:%B %Y}"


class Figure(models.Model):
    """What an indicator came to in a month, with all it was worked out from.

    Rows are never edited: a figure that changes is closed (`known_until`) and a new row says what is known since.
    `value` is in the indicator's unit, unrounded; a share is a percentage.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    definition = models.ForeignKey(Definition, null=True, on_delete=models.PROTECT, related_name="figures")
    element = models.ForeignKey(ServiceElement, null=True, on_delete=models.PROTECT, related_name="figures")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="figures")
    month = models.DateField()
    value = models.DecimalField(max_digits=38, decimal_places=20, null=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    unit = models.CharField(max_length=16, choices=Unit)
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    floor = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    target_is_illustrative = models.BooleanField(default=False)
    floor_is_illustrative = models.BooleanField(default=False)
    verdict = models.CharField(max_length=16, choices=[(v.value, v.value) for v in Verdict])
    reason = models.CharField(max_length=700, blank=True, help_text="Why there is no value.")
    sources = models.JSONField(default=list)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "element", "area", "month"],
                condition=Q(known_until__isnull=True),
                nulls_distinct=False,
                name="a_figure_is_known_once",
            ),
            models.CheckConstraint(
                condition=Q(known_until__isnull=True) | Q(known_until__gt=F("known_from")),
                name="a_figure_is_known_before_it_is_replaced",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, reason="") | (Q(value__isnull=True) & ~Q(reason="")),
                name="a_figure_is_a_value_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, verdict="not_available")
                | Q(value__isnull=False, verdict__in=["green", "amber", "red", "none"]),
                name="a_verdict_needs_a_value",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | ~Q(denominator=0) | Q(value__isnull=True),
                name="no_value_without_a_denominator",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_figure_is_of_a_whole_month"),
        ]
        indexes = [
            models.Index(
                fields=["agreement", "month"], condition=Q(known_until__isnull=True), name="figures_of_a_month"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="figures_are_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="a_figure_is_closed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__known_until__isnull=False),
            ),
            pgtrigger.Protect(
                name="what_a_figure_said_is_not_edited",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "agreement_id",
                    "indicator_id",
                    "definition_id",
                    "element_id",
                    "area_id",
                    "month",
                    "value",
                    "numerator",
                    "denominator",
                    "unit",
                    "target",
                    "floor",
                    "target_is_illustrative",
                    "floor_is_illustrative",
                    "verdict",
                    "reason",
                    "sources",
                    "known_from",
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.area}, {self.month:%B %Y}"


class RecomputeNeed(models.Model):
    """That figures of some months must be worked out again, written with whatever made it so.

    The message to the worker only wakes it; this row is what is not lost.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="recompute_needs")
    from_month = models.DateField()
    until_month = models.DateField(help_text="First month no longer concerned.")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(help_text="From when the new figures are known.")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_month__gt=F("from_month")), name="a_recompute_concerns_at_least_a_month"
            ),
            models.CheckConstraint(
                condition=Q(from_month__day=1, until_month__day=1), name="a_recompute_concerns_whole_months"
            ),
        ]
        indexes = [
            models.Index(fields=["agreement", "at"], condition=Q(done_at__isnull=True), name="recomputes_to_do"),
        ]

    def __str__(self) -> str:
        return self.reason
