"""What a monthly return is asked for, and the rules between what it says."""

from django.db import models
from django.db.models import F, Q

from contracts.models import Agreement, Pathway, ServiceElement
from contracts.models.belonging import (
    ELEMENTS,
    PATHWAYS,
    agreement_of,
    keeps_its_agreement,
    stays_within_its_agreement,
)
from performance.form import RuleKind, Sheet


def _choices(kinds: type[Sheet] | type[RuleKind]) -> list[tuple[str, str]]:
    return [(kind.value, kind.value[0].upper() + kind.value[1:].replace("_", " ")) for kind in kinds]


class Measure(models.Model):
    """One row that the agreement asks the return for: a sheet, an element and a label."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="measures")
    sheet = models.CharField(max_length=24, choices=_choices(Sheet))
    element = models.ForeignKey(
        ServiceElement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
        help_text="Empty: the whole service.",
    )
    pathway = models.ForeignKey(Pathway, null=True, blank=True, on_delete=models.PROTECT, related_name="measures")
    characteristic = models.CharField(max_length=60, blank=True, help_text="Equality sheet only: Sex.")
    label = models.CharField(max_length=120, help_text="As the workbook has it.")
    unit = models.CharField(max_length=24)
    is_required = models.BooleanField(default=True)
    in_force_from = models.DateField(
        "asked for from", null=True, blank=True, help_text="First day. Empty: as long as its element is in force."
    )
    in_force_until = models.DateField("asked for until", null=True, blank=True, help_text="First day no longer.")
    is_counted_by_case_list = models.BooleanField(
        "the case list counts it",
        default=False,
        help_text="A caseload by pathway whose children a case list names one by one.",
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_counted_by_case_list=False) | Q(sheet="Caseload by pathway", pathway__isnull=False),
                name="a_case_list_counts_a_pathway",
                violation_error_message="A case list counts the caseload of a pathway.",
            ),
            models.UniqueConstraint(
                fields=["agreement", "sheet", "element", "characteristic", "label"],
                nulls_distinct=False,
                name="a_return_asks_for_a_measure_once",
            ),
            models.CheckConstraint(
                condition=Q(sheet__in=[s.value for s in Sheet]), name="a_measure_is_on_a_known_sheet"
            ),
            models.CheckConstraint(
                condition=Q(in_force_from__isnull=True)
                | Q(in_force_until__isnull=True)
                | Q(in_force_until__gt=F("in_force_from")),
                name="a_measure_ends_after_it_starts",
                violation_error_message="The first day no longer asked for must be after the first day.",
            ),
        ]
        triggers = [
            keeps_its_agreement("a_measure_keeps_its_agreement"),
            stays_within_its_agreement(
                "a_measure_is_of_its_agreement", {"element_id": ELEMENTS, "pathway_id": PATHWAYS}
            ),
        ]

    def __str__(self) -> str:
        place = self.element.short_name if self.element else "Whole service"
        words = [self.sheet, place, self.characteristic, self.label]
        return " / ".join(word for word in words if word)


class MeasureRule(models.Model):
    """A rule between two measures of a return that the checks hold every return to."""

    kind = models.CharField(max_length=16, choices=_choices(RuleKind))
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="rules")
    against = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="rules_against")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "measure", "against"], name="a_rule_is_stated_once"),
            models.CheckConstraint(condition=~Q(measure=F("against")), name="a_rule_is_between_two_measures"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in RuleKind]), name="a_rule_is_of_a_known_kind"),
        ]
        triggers = [
            stays_within_its_agreement(
                "a_rule_is_between_measures_of_one_agreement",
                {"against_id": "performance_measure"},
                own=agreement_of("performance_measure", "measure_id"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.get_kind_display().lower()} {self.against}"
