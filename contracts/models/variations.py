"""Variations of an agreement: what is to change from a day. Once proposed, what they say is not edited."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models.agreement import Agreement
from contracts.models.belonging import keeps_its_agreement, refuses, stays_within_its_agreement
from contracts.models.decisions import RecordOfDecision
from contracts.models.organisations import Organisation
from contracts.models.variation_rules import (
    DECISIONS,
    IS_EDITED,
    IS_NO_DRAFT,
    IS_NO_MOVE,
    LACKS_A_SIGNATURE,
    MOVES_WITHOUT_ROW,
    SIGNED_BY_PROPOSER_ALONE,
    VARIATIONS,
    stays,
)
from contracts.variations.moves import VariationState


class Variation(models.Model):
    """A set of changes to what is agreed, with a reason, in force from a day once every party that must has signed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="variations")
    number = models.PositiveIntegerField(help_text="From 1 in each agreement.")
    title = models.CharField(max_length=120)
    reason = models.TextField(help_text="Why the terms are to change, in sentences.")
    decision = models.ForeignKey(
        RecordOfDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="variations"
    )
    in_force_from = models.DateField("first day in force")
    notice_given_on = models.DateField(null=True, help_text="The day that notice of the change is given, if any.")
    notice_months = models.PositiveSmallIntegerField(null=True, help_text="Calendar months of notice.")
    notice_reference = models.CharField(
        max_length=120, blank=True, help_text="Where the contract has the period. Empty: not checked yet."
    )
    state = models.CharField(max_length=12, choices=VariationState, default=VariationState.DRAFT)
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
        help_text="What it is copied of.",
    )
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_by_name = models.CharField(max_length=200)
    drafted_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    effects = models.JSONField(null=True, help_text="What it moved, as it was shown when the last party signed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="a_variation_number_is_used_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="variations_are_numbered_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=VariationState.values), name="a_variation_is_in_a_known_state"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(reason=""), name="a_variation_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(notice_given_on__isnull=True, notice_months__isnull=True)
                | Q(notice_given_on__isnull=False, notice_months__isnull=False, notice_months__range=(1, 60)),
                name="a_notice_of_variation_has_its_day_and_its_months",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True, proposed_at__isnull=True, state__in=["draft", "withdrawn"])
                | Q(proposed_by__isnull=False, proposed_at__isnull=False) & ~Q(state="draft"),
                name="a_proposed_variation_says_who_proposed_it",
            ),
            models.CheckConstraint(
                condition=Q(state="agreed", agreed_at__isnull=False) | ~Q(state="agreed") & Q(agreed_at__isnull=True),
                name="an_agreed_variation_says_since_when",
            ),
        ]
        triggers = [
            stays("variations_are_not_deleted", "TRUE"),
            refuses("a_variation_starts_as_a_draft", "NEW.state <> 'draft'", pgtrigger.Insert),
            refuses("a_variation_moves_as_the_table_has_it", IS_NO_MOVE, pgtrigger.Update),
            refuses("a_variation_moves_with_its_row", MOVES_WITHOUT_ROW, pgtrigger.Update),
            refuses("a_variation_is_agreed_by_all_who_must_sign", LACKS_A_SIGNATURE, pgtrigger.Update),
            refuses("a_variation_is_not_agreed_by_its_proposer_alone", SIGNED_BY_PROPOSER_ALONE, pgtrigger.Update),
            refuses("what_was_proposed_is_not_edited", IS_EDITED, pgtrigger.Update),
            refuses(
                "a_variation_keeps_who_drafted_it",
                "(NEW.number, NEW.drafted_by_id, NEW.drafted_for_id, NEW.drafted_at) <> "
                "(OLD.number, OLD.drafted_by_id, OLD.drafted_for_id, OLD.drafted_at)",
                pgtrigger.Update,
            ),
            refuses(
                "a_variation_keeps_who_proposed_it",
                "OLD.proposed_by_id IS NOT NULL AND (NEW.proposed_by_id, NEW.proposed_at) IS DISTINCT FROM "
                "(OLD.proposed_by_id, OLD.proposed_at)",
                pgtrigger.Update,
            ),
            refuses("an_agreed_variation_stays", "OLD.state = 'agreed'", pgtrigger.Update),
            keeps_its_agreement("a_variation_keeps_its_agreement"),
            stays_within_its_agreement(
                "a_variation_rests_on_things_of_its_agreement",
                {"decision_id": DECISIONS, "replaces_id": VARIATIONS},
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_number} {self.title}"

    @property
    def short_number(self) -> str:
        """As papers call it: "V1"."""
        return f"V{self.number}"


class VariationPart(models.Model):
    """One change of a variation: the thing it concerns, the term as it stood, and the new one."""

    variation = models.ForeignKey(Variation, on_delete=models.PROTECT, related_name="parts")
    subject = models.CharField(max_length=40, help_text="The kind of thing, as its subject is called in code.")
    thing = models.CharField(max_length=80, help_text="Which one, as its subject writes it.")
    label = models.CharField(max_length=240, help_text="What it is called on pages.")
    held = models.JSONField(null=True, help_text="The term as it stood when the variation was proposed; null for none.")
    values = models.JSONField(null=True, help_text="What the new term says; null where the old one ends.")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variation", "subject", "thing"], name="a_variation_changes_a_thing_once"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(label=""), name="a_part_says_what_it_changes"),
            models.CheckConstraint(
                condition=Q(held__isnull=False) | Q(values__isnull=False), name="a_part_changes_something"
            ),
        ]
        triggers = [
            refuses("parts_are_written_while_it_is_a_draft", IS_NO_DRAFT.format("NEW")),
            stays("parts_of_what_was_proposed_stay", IS_NO_DRAFT.format("OLD")),
        ]

    def __str__(self) -> str:
        return f"{self.variation.short_number}: {self.label}"
