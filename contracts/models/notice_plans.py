"""Plans that put right what a notice is about, with their milestones and what became of each."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.milestone_moves import FOLLOWS, MilestoneOutcome
from contracts.models.belonging import refuses, works_for
from contracts.models.notices import Notice
from contracts.models.organisations import Organisation

IS_AGREED = "EXISTS (SELECT 1 FROM contracts_noticeplan WHERE id = NEW.plan_id AND agreed_at IS NOT NULL)"
IS_NOT_AGREED = """NOT EXISTS (SELECT 1 FROM contracts_noticeplan plan JOIN contracts_milestone one
    ON one.plan_id = plan.id WHERE one.id = NEW.milestone_id AND plan.agreed_at IS NOT NULL)"""

# A plan is the provider's; whoever works for the provider is on the side that proposed it.
IS_AGREED_BY_PROVIDER = f"NEW.agreed_by_id IS NOT NULL AND {works_for('provider', 'NEW.notice_id', 'NEW.agreed_by_id')}"
# Of two records at once, the second sees the first.
HOLD_MILESTONE = "PERFORM 1 FROM contracts_milestone WHERE id = NEW.milestone_id FOR NO KEY UPDATE;"
NOTICE_OF_RECORD = """(SELECT plan.notice_id FROM contracts_milestone one
    JOIN contracts_noticeplan plan ON plan.id = one.plan_id WHERE one.id = NEW.milestone_id)"""
IS_JUDGED_BY_ANOTHER = (
    f"NEW.outcome IN ('met', 'missed') AND NOT {works_for('coordinating-commissioner', NOTICE_OF_RECORD, 'NEW.by_id')}"
)
LAST_RECORD = """(SELECT {} FROM contracts_milestonerecord last WHERE last.milestone_id = NEW.milestone_id
    ORDER BY last.id DESC LIMIT 1)"""
WHO_SAID_DONE = LAST_RECORD.format("CASE last.outcome WHEN 'said-done' THEN last.by_id END")
SAID_IT_THEMSELVES = f"NEW.outcome IN ('met', 'missed') AND {WHO_SAID_DONE} = NEW.by_id"
DO_NOT_FOLLOW = ", ".join(
    f"('{last.value}', '{to.value}')" for last in MilestoneOutcome for to in MilestoneOutcome if to not in FOLLOWS[last]
)
DOES_NOT_FOLLOW = f"({LAST_RECORD.format('last.outcome')}, NEW.outcome) IN ({DO_NOT_FOLLOW})"


class NoticePlan(models.Model):
    """A remedial action or activity management plan: the provider proposes it, the commissioner agrees."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(help_text="From 1; a later one takes the place of an earlier.")
    text = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_by_name = models.CharField(max_length=200, blank=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="a_plan_number_is_used_once"),
            models.CheckConstraint(condition=~Q(text=""), name="a_plan_says_what_is_done"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="an_agreed_plan_says_who_agreed",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=models.F("proposed_by")),
                name="nobody_agrees_the_plan_they_proposed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="plans_are_not_deleted", operation=pgtrigger.Delete),
            refuses("an_agreed_plan_stays", "OLD.agreed_at IS NOT NULL", pgtrigger.Update),
            refuses("the_other_side_agrees_a_plan", IS_AGREED_BY_PROVIDER),
            pgtrigger.Protect(
                name="a_proposed_plan_is_not_edited",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "notice_id", "number", "text", "proposed_by_id", "proposed_by_name", "proposed_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.number} for {self.notice}"


class Milestone(models.Model):
    """What a plan has done by a day, and by whom. Never changed."""

    plan = models.ForeignKey(NoticePlan, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=240)
    due_on = models.DateField()
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="a_plan_has_one_milestone_at_a_place"),
            models.CheckConstraint(condition=~Q(what=""), name="a_milestone_says_what_is_done"),
        ]
        triggers = [
            pgtrigger.Protect(name="milestones_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("an_agreed_plan_gets_no_more_milestones", IS_AGREED, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.due_on:%-d %B %Y}"


class MilestoneRecord(models.Model):
    """What one person recorded of a milestone. Never changed; the newest counts."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="records")
    outcome = models.CharField(max_length=16, choices=MilestoneOutcome)
    on = models.DateField(help_text="The day it happened.")
    evidence = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=MilestoneOutcome.values), name="a_milestone_has_a_known_outcome"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="a_milestone_record_says_how_it_is_known"),
        ]
        triggers = [
            pgtrigger.Protect(name="milestone_records_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("only_agreed_milestones_are_recorded", IS_NOT_AGREED, pgtrigger.Insert),
            refuses("the_commissioner_judges_a_milestone", IS_JUDGED_BY_ANOTHER, pgtrigger.Insert),
            refuses(
                "nobody_judges_the_milestone_they_said_done",
                SAID_IT_THEMSELVES,
                pgtrigger.Insert,
                first=HOLD_MILESTONE,
            ),
            refuses(
                "a_milestone_record_follows_from_the_last", DOES_NOT_FOLLOW, pgtrigger.Insert, first=HOLD_MILESTONE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone}: {self.get_outcome_display().lower()}"
