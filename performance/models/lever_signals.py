"""When the portal suggests a contract lever: dated terms of the agreement, each a rule with its numbers.

They are KCC's own reading of what the contract allows until somebody records where in the contract they found them.
"""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from contracts.models import Agreement, Area, Indicator, NoticeKind, ServiceElement
from contracts.models.belonging import (
    AREAS,
    ELEMENTS,
    INDICATORS,
    keeps_its_agreement,
    refuses,
    stays_within_its_agreement,
)
from contracts.models.notice_kinds import IS_CHECKED_OR_NOT
from contracts.models.notices import KINDS
from contracts.models.ranges import days_in_force, ends_after_it_starts, same_number

MOST_MONTHS, MOST_DAYS = 60, 250


class Signal(models.TextChoices):
    """What the portal looks for."""

    TARGET_MISSED = "target-missed", "The target is missed for some months running"
    NOT_REPORTED = "not-reported", "A figure is not reported for some months running"
    STAFF_BELOW = "staff-below", "Staff in post are below a share of the model for some months running"
    RETURN_LATE = "return-late", "A return is some Operational Days late"


OF_FIGURES = [Signal.TARGET_MISSED.value, Signal.NOT_REPORTED.value, Signal.STAFF_BELOW.value]


def _same_signal() -> Func:
    """A range that overlaps another exactly when the two rows look for the same: text has no range of its own."""
    number = Func(F("signal"), function="hashtext", output_field=models.IntegerField())
    return Func(number, number, Value("[]"), function="int8range")


class LeverSignalTerm(models.Model):
    """ "The portal suggests this kind of notice when …", from a day until a day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="lever_signal_terms")
    kind = models.ForeignKey(
        NoticeKind, on_delete=models.PROTECT, related_name="signal_terms", verbose_name="kind of notice"
    )
    signal = models.CharField("suggested when", max_length=16, choices=Signal)
    indicator = models.ForeignKey(
        Indicator,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signal_terms",
        help_text="Whose figures are looked at. Empty for late returns.",
    )
    element = models.ForeignKey(
        ServiceElement,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signal_terms",
        help_text="Only where the indicator is worked out for each element: which of them.",
    )
    area = models.ForeignKey(
        Area,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signal_terms",
        help_text="Empty: the whole area.",
    )
    months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="So many months running, or more.")
    days = models.PositiveSmallIntegerField(
        "Operational Days", null=True, blank=True, help_text="Late returns only: so many past the due day, or more."
    )
    threshold = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Staff only: below this value, in the indicator’s unit.",
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
            ExclusionConstraint(
                name="lever_signals_of_a_thing_do_not_overlap",
                expressions=[
                    *((same_number(field), "&&") for field in ("agreement", "kind", "indicator", "element", "area")),
                    (_same_signal(), "&&"),
                    (days_in_force(), "&&"),
                ],
                violation_error_message="Another term for the same signal is in force on some of these days. "
                "End that one first, or start this one later.",
            ),
            ends_after_it_starts("a_lever_signal_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(signal__in=Signal.values), name="a_lever_signal_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=~Q(signal__in=OF_FIGURES)
                | Q(indicator__isnull=False, months__isnull=False, days__isnull=True),
                name="a_signal_of_figures_names_its_indicator_and_months",
            ),
            models.CheckConstraint(
                condition=~Q(signal="return-late")
                | Q(
                    days__isnull=False,
                    months__isnull=True,
                    indicator__isnull=True,
                    element__isnull=True,
                    area__isnull=True,
                ),
                name="a_signal_of_a_late_return_names_its_days_alone",
            ),
            models.CheckConstraint(
                condition=Q(signal="staff-below", threshold__isnull=False)
                | ~Q(signal="staff-below") & Q(threshold__isnull=True),
                name="a_signal_of_staff_and_no_other_has_a_threshold",
            ),
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__gte=1, months__lte=MOST_MONTHS),
                name="a_lever_signal_runs_a_month_at_least",
                violation_error_message=f"Give a number of months from 1 to {MOST_MONTHS}.",
            ),
            models.CheckConstraint(
                condition=Q(days__isnull=True) | Q(days__gte=1, days__lte=MOST_DAYS),
                name="a_late_return_is_a_day_late_at_least",
                violation_error_message=f"Give a number of Operational Days from 1 to {MOST_DAYS}.",
            ),
            models.CheckConstraint(
                condition=Q(threshold__isnull=True) | Q(threshold__gt=0),
                name="a_threshold_of_staff_is_above_nought",
                violation_error_message="Give a threshold above 0.",
            ),
            models.CheckConstraint(condition=IS_CHECKED_OR_NOT, name="a_checked_signal_says_who_found_it_where"),
        ]
        triggers = [
            keeps_its_agreement("a_lever_signal_keeps_its_agreement"),
            stays_within_its_agreement(
                "a_lever_signal_is_of_things_of_its_agreement",
                {"kind_id": KINDS, "indicator_id": INDICATORS, "element_id": ELEMENTS, "area_id": AREAS},
            ),
            refuses(
                "a_checked_signal_keeps_its_numbers",
                "OLD.checked_reference <> '' AND (NEW.kind_id, NEW.signal, NEW.indicator_id, NEW.element_id, "
                "NEW.area_id, NEW.months, NEW.days, NEW.threshold, NEW.in_force_from) IS DISTINCT FROM "
                "(OLD.kind_id, OLD.signal, OLD.indicator_id, OLD.element_id, OLD.area_id, OLD.months, OLD.days, "
                "OLD.threshold, OLD.in_force_from)",
                pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        about = self.indicator or "returns"
        return f"{self.kind.abbreviation}: {self.get_signal_display().lower()}, {about}"

    @property
    def is_checked(self) -> bool:
        """Whether somebody recorded where in the contract it stands."""
        return bool(self.checked_reference)
