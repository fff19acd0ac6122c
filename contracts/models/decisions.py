"""Records of decision, where each was discussed, what became of it and what it led to."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.decision_moves import SETTLED, DecisionStatus
from contracts.models.agreement import Agreement
from contracts.models.belonging import agreement_of, refuses, stays_within_its_agreement
from contracts.models.notices import NOTICES, Notice
from contracts.models.settled import DECISIONS, SETTLED_VALUES, is_settled, stays

__all__ = ["DecisionMove", "DecisionNotice", "DecisionStatus", "Discussion", "RecordOfDecision"]

MOVES_WITHOUT_ROW = """NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM contracts_decisionmove
    WHERE decision_id = NEW.id AND from_status = OLD.status AND to_status = NEW.status)"""
STARTS_ELSEWHERE = f"""NOT EXISTS (SELECT 1 FROM {DECISIONS} WHERE id = NEW.decision_id
    AND status = CASE NEW.from_status WHEN '' THEN NEW.to_status ELSE NEW.from_status END)"""
IS_NOT_TAKEN = f"NOT EXISTS (SELECT 1 FROM {DECISIONS} WHERE id = NEW.decision_id AND status = 'taken')"


class RecordOfDecision(models.Model):
    """A decision of a cabinet member, in the parts of a record of decision (002, 000)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=20, help_text="As published: 19/00076.")
    subject = models.CharField(max_length=240)
    taker = models.CharField("taken by", max_length=200)
    restriction = models.CharField(max_length=80, blank=True, help_text="Unrestricted, or for publication.")
    key_because = models.CharField("key decision because", max_length=240, blank=True, help_text="Empty: no key one.")
    status = models.CharField(max_length=12, choices=DecisionStatus, default=DecisionStatus.PROPOSED)
    decided_on = models.DateField("taken on", null=True, blank=True)
    decision = models.TextField()
    reasons = models.TextField(blank=True)
    financial_implications = models.TextField(blank=True)
    legal_implications = models.TextField(blank=True)
    equality_implications = models.TextField(blank=True)
    alternatives_rejected = models.TextField(blank=True)
    interests_declared = models.TextField(blank=True, help_text="And any dispensation that was granted.")
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "records of decision"
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="a_decision_number_is_used_once"),
            models.CheckConstraint(condition=Q(status__in=DecisionStatus.values), name="a_decision_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(status="taken"),
                name="only_a_taken_decision_has_its_day",
                violation_error_message="Give the day of a decision that was taken, and of no other.",
            ),
        ]
        triggers = [
            refuses("a_settled_decision_is_kept_as_it_was", f"OLD.status IN ({SETTLED_VALUES})", pgtrigger.Update),
            refuses("a_decision_moves_with_its_row", MOVES_WITHOUT_ROW, pgtrigger.Update),
            refuses(
                "a_decision_is_taken_on_a_day",
                "NEW.status = 'taken' AND OLD.status <> 'taken' AND NEW.decided_on IS NULL",
                pgtrigger.Update,
            ),
            stays("a_settled_decision_is_not_deleted", f"OLD.status IN ({SETTLED_VALUES})", pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def is_settled(self) -> bool:
        """Whether it is taken or withdrawn, so that what it says stays."""
        return self.status in SETTLED


class Discussion(models.Model):
    """A meeting at which a decision was discussed, and what it recommended."""

    decision = models.ForeignKey(
        RecordOfDecision, on_delete=models.CASCADE, related_name="discussions"
    )  # CASCADE: a line of the record, without meaning apart from it.
    body = models.CharField(max_length=160)
    held_on = models.DateField()
    outcome = models.CharField("what it recommended", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "body", "held_on"], name="a_discussion_is_recorded_once"),
        ]
        # One may still be added: a decision that was taken is called in, and discussed again.
        triggers = [
            stays(
                "discussions_of_a_settled_decision_stay",
                is_settled("OLD.decision_id"),
                pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%-d %B %Y}"


class DecisionMove(models.Model):
    """One move of a decision: who recorded it, on which day it happened, and why. Never changed."""

    decision = models.ForeignKey(RecordOfDecision, on_delete=models.PROTECT, related_name="moves")
    from_status = models.CharField(max_length=12, choices=DecisionStatus, blank=True)
    to_status = models.CharField(max_length=12, choices=DecisionStatus)
    on = models.DateField(help_text="The day it happened.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(help_text="When it was recorded.")
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_status__in=DecisionStatus.values) & ~Q(from_status=F("to_status")),
                name="a_decision_move_changes_the_status",
            ),
            models.CheckConstraint(
                condition=~Q(to_status="withdrawn") | ~Q(reason=""), name="a_decision_is_withdrawn_for_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="decision_moves_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_decision_move_starts_where_the_decision_is", STARTS_ELSEWHERE, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.to_status}"


class DecisionNotice(models.Model):
    """A notice that a decision led to. Never changed."""

    decision = models.ForeignKey(RecordOfDecision, on_delete=models.PROTECT, related_name="led_to")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="led_to_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "notice"], name="a_decision_leads_to_a_notice_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="what_a_decision_led_to_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("only_a_taken_decision_leads_to_a_notice", IS_NOT_TAKEN, pgtrigger.Insert),
            stays_within_its_agreement(
                "a_decision_leads_to_a_notice_of_its_agreement",
                {"notice_id": NOTICES},
                own=agreement_of(DECISIONS, "decision_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} led to {self.notice}"
