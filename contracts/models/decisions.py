"""Records of decision and where each was discussed."""

from django.db import models
from django.db.models import Q

from contracts.models.agreement import Agreement


class DecisionStatus(models.TextChoices):
    """How far a decision has come."""

    PROPOSED = "proposed", "Proposed"
    TAKEN = "taken", "Taken"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RecordOfDecision(models.Model):
    """A decision of a cabinet member, in the parts of a record of decision (002, 000)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=20, help_text="As published: 19/00076.")
    subject = models.CharField(max_length=240)
    taker = models.CharField("taken by", max_length=200)
    status = models.CharField(max_length=12, choices=DecisionStatus)
    decided_on = models.DateField("taken on", null=True, blank=True)
    decision = models.TextField()
    reasons = models.TextField(blank=True)
    financial_implications = models.TextField(blank=True)
    legal_implications = models.TextField(blank=True)
    equality_implications = models.TextField(blank=True)
    alternatives_rejected = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "records of decision"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="a_decision_number_is_used_once"),
            models.CheckConstraint(condition=Q(status__in=DecisionStatus.values), name="a_decision_has_a_known_status"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Discussion(models.Model):
    """A meeting at which a decision was discussed."""

    decision = models.ForeignKey(
        RecordOfDecision, on_delete=models.CASCADE, related_name="discussions"
    )  # CASCADE: a line of the record, without meaning apart from it.
    body = models.CharField(max_length=160)
    held_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "body", "held_on"], name="a_discussion_is_recorded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%-d %B %Y}"
