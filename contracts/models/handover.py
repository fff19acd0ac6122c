"""What is to be handed over when an element ends: items, each with an owner and a day, and what was recorded of them.

Items and records are never changed: one that is wrong is dropped with a reason and added anew.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models.agreement import Agreement, PartyRole, ServiceElement
from contracts.models.belonging import ELEMENTS, agreement_of, keeps_its_agreement, refuses
from contracts.models.organisations import Organisation

ITEMS = "contracts_handoveritem"
FURTHEST = 730
OWNER_IS_NO_PARTY = f"""NOT EXISTS (SELECT 1 FROM contracts_party WHERE organisation_id = NEW.owner_id
    AND agreement_id = {agreement_of(ELEMENTS, "element_id")})"""
LAST_RECORD = """coalesce((SELECT outcome FROM contracts_handoverrecord
    WHERE item_id = NEW.item_id ORDER BY id DESC LIMIT 1), 'open')"""
# Whoever records of the same item waits until this record is written, and then sees it.
HOLD_ITEM = f"PERFORM 1 FROM {ITEMS} WHERE id = NEW.item_id FOR NO KEY UPDATE;"
DOES_NOT_FOLLOW = f"""(NEW.outcome = 'open') = ({LAST_RECORD} = 'open')"""


class StandardHandoverItem(models.Model):
    """What an agreement usually hands over when an element ends: offered as a list, for an administrator to edit."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="standard_handover_items")
    what = models.CharField(max_length=200, help_text="As the person who is to do it reads it.")
    owner = models.CharField("whose it is", max_length=32, choices=PartyRole)
    days_after_end = models.SmallIntegerField(
        "days after the element’s last day", help_text="When it is due. Below zero: so many days before it."
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "what"], name="a_standard_handover_item_is_listed_once"),
            models.CheckConstraint(condition=~Q(what=""), name="a_standard_handover_item_says_what"),
            models.CheckConstraint(
                condition=Q(owner__in=PartyRole.values), name="a_standard_handover_item_is_of_a_known_party"
            ),
            models.CheckConstraint(
                condition=Q(days_after_end__range=(-FURTHEST, FURTHEST)),
                name="a_standard_handover_item_is_due_within_two_years",
                violation_error_message="Give a number of days from −730 to 730.",
            ),
        ]
        triggers = [keeps_its_agreement("a_standard_handover_item_keeps_its_agreement")]

    def __str__(self) -> str:
        return self.what


class HandoverItem(models.Model):
    """One thing to hand over when an element ends: whose it is and by when. Never changed."""

    element = models.ForeignKey(ServiceElement, on_delete=models.PROTECT, related_name="handover_items")
    what = models.CharField(max_length=200)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(what=""), name="a_handover_item_says_what")]
        triggers = [
            pgtrigger.Protect(name="handover_items_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_handover_item_is_of_a_party", OWNER_IS_NO_PARTY, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return self.what


class HandoverOutcome(models.TextChoices):
    """What was recorded of an item; one without a record is open."""

    DONE = "done", "Done"
    DROPPED = "dropped", "Not needed"
    OPEN = "open", "Open again"


class HandoverRecord(models.Model):
    """That an item was done, is not needed, or is open again: on which day, by whom, and with what to show for it."""

    item = models.ForeignKey(HandoverItem, on_delete=models.PROTECT, related_name="records")
    outcome = models.CharField(max_length=8, choices=HandoverOutcome)
    on = models.DateField(help_text="The day it happened.")
    text = models.CharField(max_length=1000, help_text="What shows that it was done, or why it is not needed.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(help_text="When it was recorded.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=HandoverOutcome.values), name="a_handover_record_has_a_known_outcome"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_handover_record_says_what_shows_it"),
        ]
        triggers = [
            pgtrigger.Protect(name="handover_records_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_handover_record_follows_from_the_last", DOES_NOT_FOLLOW, pgtrigger.Insert, first=HOLD_ITEM),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_outcome_display().lower()}"
