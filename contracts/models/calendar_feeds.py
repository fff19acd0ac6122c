"""Private addresses under which a person's calendar program reads the clocks of their notices."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models.belonging import refuses


class CalendarFeed(models.Model):
    """One private address of one person. The address itself is shown once; only its fingerprint is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret in the address.")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="a_person_has_one_calendar_address"
            ),
            models.CheckConstraint(condition=~Q(fingerprint=""), name="a_calendar_address_has_a_fingerprint"),
        ]
        triggers = [
            refuses("a_revoked_calendar_address_stays", "OLD.revoked_at IS NOT NULL", pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
