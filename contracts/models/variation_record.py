"""Who must sign a variation, who signed it, and each move it made: rows that are never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.models.belonging import refuses
from contracts.models.organisations import Organisation
from contracts.models.variation_rules import (
    IS_NO_DRAFT,
    IS_NO_PARTY,
    IS_NOT_ASKED,
    IS_NOT_OPEN,
    SIGNS_FOR_ANOTHER,
    STARTS_ELSEWHERE,
)
from contracts.models.variations import Variation
from contracts.variations.moves import VariationState


class VariationSignatory(models.Model):
    """An organisation that must sign a variation, as the rule was when it was proposed. Never changed."""

    variation = models.ForeignKey(Variation, on_delete=models.PROTECT, related_name="signatories")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "variation signatories"
        constraints = [
            models.UniqueConstraint(fields=["variation", "organisation"], name="an_organisation_must_sign_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="who_must_sign_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("who_must_sign_is_a_party", IS_NO_PARTY, pgtrigger.Insert),
            refuses("who_must_sign_is_said_when_it_is_proposed", IS_NO_DRAFT.format("NEW"), pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.variation.short_number}: {self.organisation.short_name}"


class VariationSignature(models.Model):
    """One person's signature for one organisation. Never changed, and nobody signs twice."""

    variation = models.ForeignKey(Variation, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variation", "organisation"], name="an_organisation_signs_once"),
            models.UniqueConstraint(fields=["variation", "by"], name="nobody_signs_a_variation_twice"),
        ]
        triggers = [
            pgtrigger.Protect(name="signatures_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("only_who_must_sign_signs", IS_NOT_ASKED, pgtrigger.Insert),
            refuses("a_proposer_signs_for_their_own_side", SIGNS_FOR_ANOTHER, pgtrigger.Insert),
            refuses("what_is_signed_is_proposed", IS_NOT_OPEN, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.variation.short_number}: {self.by_name} for {self.organisation.short_name}"


class VariationMove(models.Model):
    """One move of a variation from state to state: who, when, for whom and why. Never changed."""

    variation = models.ForeignKey(Variation, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, choices=VariationState, blank=True)
    to_state = models.CharField(max_length=12, choices=VariationState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_state__in=VariationState.values) & ~Q(from_state=F("to_state")),
                name="a_variation_move_changes_the_state",
            ),
            models.CheckConstraint(
                condition=~(Q(from_state="proposed") & Q(to_state__in=["declined", "withdrawn"])) | ~Q(reason=""),
                name="a_proposed_variation_is_stopped_for_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="variation_moves_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_variation_move_starts_where_it_is", STARTS_ELSEWHERE, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.variation.short_number}: {self.get_to_state_display().lower()}"
