"""Actions: what was agreed at a meeting, who does it by when, and what became of it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.action_moves import MOVES, ActionState
from contracts.models.agreement import Agreement
from contracts.models.belonging import refuses, stays_within_its_agreement
from contracts.models.meetings import MEETINGS, Meeting
from contracts.models.organisations import Organisation

__all__ = ["ActionMove", "ActionState", "AgreedAction"]

ACTIONS = "contracts_agreedaction"
PAIRS = ", ".join(f"('{before.value}', '{to.value}')" for before, to in MOVES if before)
IS_NO_MOVE = f"NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN ({PAIRS})"
MOVES_WITHOUT_ROW = """NEW.state <> OLD.state AND (SELECT (from_state, to_state) FROM contracts_actionmove
    WHERE action_id = NEW.id ORDER BY id DESC LIMIT 1) IS DISTINCT FROM (OLD.state, NEW.state)"""
STARTS_ELSEWHERE = f"""NOT EXISTS (SELECT 1 FROM {ACTIONS} WHERE id = NEW.action_id
    AND state = CASE NEW.from_state WHEN '' THEN NEW.to_state ELSE NEW.from_state END)"""
IS_NO_PARTY = """NOT EXISTS (SELECT 1 FROM contracts_party
    WHERE agreement_id = NEW.agreement_id AND organisation_id = NEW.owner_id)"""


class AgreedAction(models.Model):
    """One thing that was agreed. What it says stays; only its state moves, each move with its row."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="agreed_actions")
    what = models.CharField(max_length=500)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    agreed_at = models.CharField(max_length=200, help_text="The meeting or the paper, as one names it.")
    agreed_on = models.DateField()
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreed_actions")
    owner_person = models.CharField(max_length=200, blank=True, help_text="A name or a post, where one was given.")
    due_on = models.DateField()
    due_is_illustrative = models.BooleanField(default=False, help_text="No paper has this day.")
    source = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=ActionState, default=ActionState.OPEN)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_by_name = models.CharField(max_length=200)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="an_action_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(agreed_at=""), name="an_action_says_what_was_agreed_and_where"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("agreed_on")), name="an_action_is_due_when_it_is_agreed_or_later"
            ),
        ]
        indexes = [models.Index(fields=["agreement", "state", "due_on"], name="actions_of_an_agreement")]
        triggers = [
            pgtrigger.Protect(name="actions_are_not_deleted", operation=pgtrigger.Delete),
            refuses("an_action_starts_open", "NEW.state <> 'open'", pgtrigger.Insert),
            refuses("an_action_moves_as_the_table_has_it", IS_NO_MOVE, pgtrigger.Update),
            refuses("an_action_moves_with_its_row", MOVES_WITHOUT_ROW, pgtrigger.Update),
            refuses("an_action_is_owned_by_a_party", IS_NO_PARTY, pgtrigger.Insert),
            stays_within_its_agreement("an_action_is_of_a_meeting_of_its_agreement", {"meeting_id": MEETINGS}),
            pgtrigger.Protect(
                name="what_was_agreed_is_not_edited",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "agreement_id",
                    "what",
                    "meeting_id",
                    "agreed_at",
                    "agreed_on",
                    "owner_id",
                    "owner_person",
                    "due_on",
                    "due_is_illustrative",
                    "source",
                    "kept_by_id",
                    "kept_by_name",
                    "kept_at",
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.what


class ActionMove(models.Model):
    """One move of an action: who, when, and what shows it or why. Never changed."""

    action = models.ForeignKey(AgreedAction, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, choices=ActionState, blank=True)
    to_state = models.CharField(max_length=12, choices=ActionState)
    on = models.DateField(help_text="The day it happened.")
    text = models.TextField(blank=True, help_text="The evidence, or the reason.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(help_text="When it was recorded.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_state__in=ActionState.values) & ~Q(from_state=F("to_state")),
                name="an_action_move_changes_the_state",
            ),
            models.CheckConstraint(condition=Q(from_state="") | ~Q(text=""), name="an_action_move_says_what_shows_it"),
        ]
        triggers = [
            pgtrigger.Protect(name="action_moves_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("an_action_move_starts_where_the_action_is", STARTS_ELSEWHERE, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.to_state}"
