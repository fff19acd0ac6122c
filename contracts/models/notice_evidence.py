"""Evidence of a notice: figures quoted as they stood at a moment, with their sources. They stay as they were."""

import pgtrigger
from django.db import models
from django.db.models import Q

from contracts.models.belonging import refuses
from contracts.models.notices import NOTICES, Notice

# Both are written while the notice is a request still: the figures of service just before it moves.
# What is added while it is served waits, and then comes too late.
HOLD_NOTICE = f"PERFORM 1 FROM {NOTICES} WHERE id = NEW.notice_id FOR NO KEY UPDATE;"
COMES_LATER = f"NOT EXISTS (SELECT 1 FROM {NOTICES} WHERE id = NEW.notice_id AND stage = 'asked')"


class Occasion(models.TextChoices):
    """When figures were quoted, or a letter was written."""

    ASKED = "asked", "Asked for"
    SERVED = "served", "Served"
    DECLINED = "declined", "Declined"
    EXCEPTION_REPORT = "exception-report", "Exception report"
    WITHHOLDING = "withholding", "Withholding"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CLOSED = "closed", "Closed"


class EvidenceFigure(models.Model):
    """One figure as it stood when it was quoted: value, unit, what was agreed, and where each part came from.

    `performance` and `funding` know figures; this row repeats what they knew, so that a corrected return later
    changes nothing here.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="evidence")
    occasion = models.CharField(max_length=20, choices=Occasion)
    position = models.PositiveSmallIntegerField()
    as_at = models.DateTimeField(help_text="The moment whose knowledge it is.")
    indicator_code = models.CharField(max_length=60)
    indicator_name = models.CharField(max_length=120)
    area_code = models.CharField(max_length=40)
    area_name = models.CharField(max_length=80)
    element_code = models.CharField(max_length=40, blank=True, help_text="Where it is worked out for each element.")
    element_name = models.CharField(max_length=80, blank=True, help_text="Its short name when it was quoted.")
    month = models.DateField(help_text="First day of the month.")
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, help_text="Empty: not available.")
    unit = models.CharField(max_length=16)
    numerator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    agreed = models.DecimalField("target", max_digits=14, decimal_places=4, null=True)
    agreed_is_illustrative = models.BooleanField(default=False, help_text="No paper has this target.")
    verdict = models.CharField(max_length=40, blank=True)
    why_not_available = models.CharField(max_length=500, blank=True)
    doubt = models.CharField(max_length=240, blank=True, help_text="That it is disputed, or what was signed instead.")
    sources = models.JSONField(default=list, help_text="Return, version, sheet and cell of each part.")
    series = models.JSONField(default=list, help_text="The months before, as its chart shows them.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "occasion", "position"], name="a_notice_quotes_one_figure_at_a_place"
            ),
            models.UniqueConstraint(
                fields=["notice", "occasion", "indicator_code", "area_code", "element_code", "month"],
                name="a_notice_quotes_a_figure_once",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="evidence_is_of_a_whole_month"),
            models.CheckConstraint(condition=Q(occasion__in=["asked", "served"]), name="evidence_is_asked_or_served"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(why_not_available=""),
                name="evidence_says_why_a_figure_is_not_available",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="evidence_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("no_evidence_is_added_after_service", COMES_LATER, pgtrigger.Insert, first=HOLD_NOTICE),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_name}, {self.month:%B %Y}"
