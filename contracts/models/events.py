"""The audit trail: one row for each action, never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models.agreement import Agreement


class Event(models.Model):
    """Who did what to which thing, when, with the terms before and after; `hash` chains it to the one before.

    Written by `contracts.audit` only. Each agreement has a chain of its own, and so has the portal (no agreement).
    """

    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(help_text="Real time (UTC), also in demo mode.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="events")
    actor_name = models.CharField(max_length=200, help_text="The person, or what acted: console, worker.")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hash"], name="an_event_hash_is_used_once"),
            models.UniqueConstraint(
                fields=["agreement", "previous_hash"], name="an_event_follows_one_event", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(hash=""), name="an_event_has_a_hash"),
        ]
        indexes = [models.Index(fields=["agreement", "-id"], name="events_of_an_agreement")]
        triggers = [
            pgtrigger.Protect(name="events_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.subject}"
