"""The provider's caseload held against the council's, month by month, and what both sides say of the differences."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.models import Agreement, Area
from contracts.models.belonging import AREAS, refuses, stays_within_its_agreement
from performance.models.council_cases import SyncRun
from performance.models.returns import Version
from performance.reconciliation import COUNTS, Kind, Side


class Reconciliation(models.Model):
    """What holding one month's two caseloads against each other came to, for one area, as known for a time.

    Rows are never edited: one that no longer holds is closed (`known_until`), and a new one says what is known since.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reconciliations")
    month = models.DateField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        Version, null=True, on_delete=models.PROTECT, related_name="+", help_text="Whose case list it was."
    )
    run = models.ForeignKey(
        SyncRun, null=True, on_delete=models.PROTECT, related_name="+", help_text="The newest batch it rests on."
    )
    provider = models.PositiveIntegerField(null=True)
    council = models.PositiveIntegerField(null=True)
    matched = models.PositiveIntegerField(null=True)
    provider_only = models.PositiveIntegerField(null=True)
    council_only = models.PositiveIntegerField(null=True)
    opened_differs = models.PositiveIntegerField(null=True)
    route_differs = models.PositiveIntegerField(null=True)
    area_differs = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why a side is missing.")
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "area", "month"],
                condition=Q(known_until__isnull=True),
                name="a_reconciliation_is_known_once",
            ),
            models.CheckConstraint(
                condition=Q(known_until__isnull=True) | Q(known_until__gt=F("known_from")),
                name="a_reconciliation_is_known_before_it_is_replaced",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_reconciliation_is_of_a_whole_month"),
            models.CheckConstraint(
                condition=(Q(reason="") & Q(**{f"{name}__isnull": False for name in ("provider", "council", *COUNTS)}))
                | (~Q(reason="") & Q(**{f"{name}__isnull": True for name in COUNTS})),
                name="a_reconciliation_has_both_sides_or_says_why_not",
            ),
        ]
        triggers = [
            stays_within_its_agreement("a_reconciliation_is_of_its_agreements_area", {"area_id": AREAS}),
            pgtrigger.Protect(name="reconciliations_are_not_deleted", operation=pgtrigger.Delete),
            refuses(
                "what_a_reconciliation_said_is_not_edited",
                "OLD.known_until IS NOT NULL OR "
                "to_jsonb(NEW) - 'known_until' IS DISTINCT FROM to_jsonb(OLD) - 'known_until'",
                pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.month:%B %Y}"


class Difference(models.Model):
    """One case that the two sides do not hold alike at a month's end, as known for a time."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="differences")
    month = models.DateField()
    reference = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.label) for kind in Kind])
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="+", help_text="The provider’s, where it holds the case."
    )
    provider_says = models.CharField(max_length=80, blank=True)
    council_says = models.CharField(max_length=80, blank=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "month", "reference", "kind"],
                condition=Q(known_until__isnull=True),
                name="a_difference_is_known_once",
            ),
            models.CheckConstraint(
                condition=Q(known_until__isnull=True) | Q(known_until__gt=F("known_from")),
                name="a_difference_is_known_before_it_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="a_difference_is_of_a_known_kind"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_difference_is_of_a_whole_month"),
        ]
        triggers = [
            stays_within_its_agreement("a_difference_is_of_its_agreements_area", {"area_id": AREAS}),
            pgtrigger.Protect(name="differences_are_not_deleted", operation=pgtrigger.Delete),
            refuses(
                "what_a_difference_was_is_not_edited",
                "OLD.known_until IS NOT NULL OR "
                "to_jsonb(NEW) - 'known_until' IS DISTINCT FROM to_jsonb(OLD) - 'known_until'",
                pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {Kind(self.kind).label}"


class Explanation(models.Model):
    """What one side says of some differences of a month, and perhaps the figure that both should take. Never changed.

    It holds once the other side has signed it (`ExplanationAnswer`).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="explanations")
    month = models.DateField()
    text = models.CharField(max_length=1000)
    agreed_figure = models.PositiveIntegerField(
        null=True, blank=True, help_text="Children open at the month’s end, as both would have it."
    )
    side = models.CharField(max_length=8, choices=[(side.value, side.label) for side in Side])
    differences = models.ManyToManyField(Difference, through="ExplainedDifference", related_name="explanations")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="an_explanation_says_something"),
            models.CheckConstraint(condition=Q(month__day=1), name="an_explanation_is_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(side__in=[side.value for side in Side]), name="an_explanation_comes_from_a_known_side"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="explanations_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.text


class ExplainedDifference(models.Model):
    """That an explanation is of a difference. Never changed."""

    explanation = models.ForeignKey(Explanation, on_delete=models.PROTECT, related_name="explained")
    difference = models.ForeignKey(Difference, on_delete=models.PROTECT, related_name="explained")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["explanation", "difference"], name="an_explanation_names_a_difference_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="what_was_explained_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses(
                "an_explanation_is_of_its_months_differences",
                "NOT EXISTS (SELECT 1 FROM performance_difference one JOIN performance_explanation said "
                "ON said.agreement_id = one.agreement_id AND said.month = one.month "
                "WHERE one.id = NEW.difference_id AND said.id = NEW.explanation_id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.difference_id} by {self.explanation_id}"


class ExplanationAnswer(models.Model):
    """What the other side answered: signed, or sent back and why. Never changed."""

    explanation = models.OneToOneField(Explanation, on_delete=models.PROTECT, related_name="answer")
    is_signed = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_signed=True) | ~Q(reason=""), name="an_explanation_is_sent_back_for_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="answers_to_explanations_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            refuses(
                "nobody_signs_their_own_explanation",
                "EXISTS (SELECT 1 FROM performance_explanation said "
                "WHERE said.id = NEW.explanation_id AND said.written_by_id = NEW.answered_by_id)",
            ),
        ]

    def __str__(self) -> str:
        return "Signed" if self.is_signed else "Sent back"
