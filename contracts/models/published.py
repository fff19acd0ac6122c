"""Figures that papers published, kept to be held against what the portal works out."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from contracts.arithmetic import number_in, result_of
from contracts.models.agreement import Agreement, Area, ServiceElement
from contracts.models.belonging import AREAS, ELEMENTS, INDICATORS, stays_within_its_agreement
from contracts.models.terms import Indicator


class Recomputation(models.TextChoices):
    """How the portal works a published figure out again."""

    NONE = "none", "Not from the portal's data"
    ARITHMETIC = "arithmetic", "From other published amounts"
    FUNDING = "funding", "From the funding lines in force"
    FIGURE = "figure", "An indicator's figure"
    MEAN_BEFORE = "mean-before", "Mean of the 12 months before"
    CHANGE = "change", "Change against the mean of the 12 months before"


class PublishedFigure(models.Model):
    """One figure as a paper states it: value, unit, period, place, and what it recomputes from."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="published_figures")
    code = models.CharField(max_length=8, help_text="P14")
    topic = models.CharField(max_length=40)
    figure = models.CharField(max_length=160)
    value = models.CharField(max_length=40, blank=True, help_text="A plain number where it is one: 13800000, met.")
    unit = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=120, blank=True)
    stated_as = models.CharField(max_length=120, blank=True, help_text="As the paper prints it: £1.2m.")
    source = models.CharField(max_length=160)
    note = models.CharField(max_length=300, blank=True)
    recomputation = models.CharField(max_length=12, choices=Recomputation, default=Recomputation.NONE)
    stated_to = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="The step of the last digit stated: 100000 for £2.6m, 0.1 for 1.3%.",
    )
    arithmetic = models.CharField(max_length=120, blank=True, help_text="1000000+288288+1440000")
    indicator = models.ForeignKey(Indicator, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    element = models.ForeignKey(ServiceElement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(null=True, blank=True, help_text="First day of the month of the figure.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "code"], name="a_published_figure_code_is_used_once"),
            models.CheckConstraint(
                condition=Q(recomputation__in=Recomputation.values), name="a_published_figure_recomputes_in_a_known_way"
            ),
            models.CheckConstraint(
                condition=~Q(recomputation__in=["figure", "mean-before", "change"])
                | Q(indicator__isnull=False, month__isnull=False),
                name="a_recomputed_figure_names_indicator_and_month",
            ),
            models.CheckConstraint(
                condition=Q(stated_to__isnull=True) | Q(stated_to__gt=0), name="a_figure_is_stated_to_a_step_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(stated_to__isnull=True) | Q(value__regex=r"^-?[0-9]+(\.[0-9]+)?$"),
                name="a_figure_stated_to_a_step_is_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(recomputation="arithmetic") | ~Q(arithmetic=""), name="a_figure_from_a_sum_names_the_sum"
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__day=1), name="a_published_figure_is_of_a_whole_month"
            ),
        ]
        triggers = [
            stays_within_its_agreement(
                "a_published_figure_is_of_its_agreement",
                {"indicator_id": INDICATORS, "element_id": ELEMENTS, "area_id": AREAS},
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.figure}"

    def clean(self) -> None:
        """Refuse what could not be compared: a value that is no plain number, a sum that cannot be worked out."""
        if self.stated_to is not None and number_in(self.value) is None:
            raise ValidationError({"value": "Write a plain number, without commas or units: 13800000, 1.3."})
        if self.recomputation == Recomputation.ARITHMETIC:
            try:
                result_of(self.arithmetic)
            except ValueError as error:
                raise ValidationError({"arithmetic": str(error)}) from error
