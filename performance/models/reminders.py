"""Reminders of a return: when they go out and to whom, and the log of those that did."""

from django.db import models
from django.db.models import Q

from contracts.models import Agreement
from contracts.models.belonging import keeps_its_agreement
from performance.models.returns import Return


class ReminderRule(models.Model):
    """A reminder that goes out some Operational Days before or after a return is due."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reminder_rules")
    operational_days = models.SmallIntegerField(
        "Operational Days",
        help_text="From the day the return is due: −3 is three before, 0 the day itself, 1 one after.",
    )
    addresses = models.TextField(
        blank=True,
        help_text="E-mail addresses, one on each line. Empty: everyone who may upload or sign a return off.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "operational_days"], name="an_agreement_reminds_once_for_a_day"
            ),
            models.CheckConstraint(
                condition=Q(operational_days__gte=-20, operational_days__lte=60),
                name="a_reminder_goes_out_near_the_day",
            ),
        ]
        triggers = [keeps_its_agreement("a_reminder_keeps_its_agreement")]

    def __str__(self) -> str:
        days = self.operational_days
        if days == 0:
            return "On the day a return is due"
        return f"{abs(days)} Operational Day{'' if abs(days) == 1 else 's'} {'after' if days > 0 else 'before'}"


class Reminder(models.Model):
    """One reminder to one address: written before it is sent, so that however often the work runs it goes once."""

    of_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="reminders")
    operational_days = models.SmallIntegerField()
    due_on = models.DateField(help_text="The day the return was due when this was written.")
    address = models.EmailField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of_return", "operational_days", "due_on", "address"], name="a_reminder_goes_to_an_address_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_return} to {self.address}"
