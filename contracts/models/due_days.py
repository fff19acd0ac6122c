"""The Operational Day on which the return of a month falls due: a term that may be agreed anew."""

from django.db import models
from django.db.models import Q

from contracts.models.agreement import Agreement
from contracts.models.belonging import keeps_its_agreement
from contracts.models.ranges import do_not_overlap, ends_after_it_starts


class ReturnDueDay(models.Model):
    """The Operational Day after its month on which a return is due, from a day until a day.

    The row in force on a month's last day is that month's (`contracts.due_days`).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="return_due_days")
    operational_day = models.PositiveSmallIntegerField(
        "Operational Day", help_text="Counted from the first day after the month: 10 is the tenth."
    )
    in_force_from = models.DateField(
        "first day in force", help_text="It holds for every month whose last day is this day or later."
    )
    in_force_until = models.DateField(
        "first day out of force", null=True, blank=True, help_text="Empty while it holds."
    )
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "return due day"
        constraints = [
            do_not_overlap("due_days_of_an_agreement_do_not_overlap", ["agreement"]),
            ends_after_it_starts("a_due_day_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(operational_day__gte=1, operational_day__lte=60),
                name="a_return_is_due_within_sixty_days",
                violation_error_message="Give an Operational Day from 1 to 60.",
            ),
        ]
        triggers = [keeps_its_agreement("a_due_day_keeps_its_agreement")]

    def __str__(self) -> str:
        return f"Operational Day {self.operational_day} from {self.in_force_from:%-d %B %Y}"
