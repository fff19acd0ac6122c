"""Organisations and the places they serve."""

from django.db import models
from django.db.models import Q


class Organisation(models.Model):
    """A council, an NHS commissioner, a provider or an auditor, known by its ODS or GSS code."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=40, unique=True, help_text="As used in tables: KCC, NELFT.")
    ods_code = models.CharField("ODS code", max_length=12, blank=True, help_text="NHS organisations: RAT for NELFT.")
    gss_code = models.CharField(
        "GSS code", max_length=9, blank=True, help_text="Councils: E10000016 for Kent County Council."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ods_code"], condition=~Q(ods_code=""), name="one_organisation_per_ods_code"
            ),
            models.UniqueConstraint(
                fields=["gss_code"], condition=~Q(gss_code=""), name="one_organisation_per_gss_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name
