"""What provider and commissioners say to each other about a version: reasons for warnings, queries and answers."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models import Area
from contracts.models.belonging import refuses
from performance.models.measures import Measure
from performance.models.returns import Version

OF_ANOTHER_AGREEMENT = """NEW.measure_id IS NOT NULL AND (
    SELECT agreement_id FROM performance_measure WHERE id = NEW.measure_id) IS DISTINCT FROM (
    SELECT held.agreement_id FROM performance_return held JOIN performance_version one ON one.of_return_id = held.id
    WHERE one.id = NEW.version_id)"""


class WarningReason(models.Model):
    """Why one warning of a version is no mistake. Never changed: a later row for the same warning counts instead."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="warning_reasons")
    warning = models.PositiveIntegerField(help_text="Its place among the findings of the version’s upload, from 0.")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__gt=""), name="a_reason_for_a_warning_says_something"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="reasons_for_warnings_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, warning {self.warning + 1}"


class Query(models.Model):
    """A question about a version: about one line of it, or about the whole (no measure). Never changed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="queries")
    measure = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="queries")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="queries")
    sheet = models.CharField(max_length=24, blank=True)
    cell = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name_plural = "queries"
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=True, area__isnull=True, sheet="", cell="")
                | Q(measure__isnull=False, area__isnull=False, sheet__gt=""),
                name="a_query_is_about_a_line_or_the_whole",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="queries_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_query_is_about_its_own_agreement", OF_ANOTHER_AGREEMENT),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.sheet} {self.cell}".rstrip(", ")


class QueryMessage(models.Model):
    """One entry of a query's thread: the question, an answer, or its settlement. Never changed."""

    query = models.ForeignKey(Query, on_delete=models.PROTECT, related_name="messages")
    text = models.CharField(max_length=1000)
    is_answer = models.BooleanField(help_text="Said by the provider.")
    settles = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(text__gt="") | Q(settles=True), name="a_message_says_something"),
            models.CheckConstraint(
                condition=Q(is_answer=False) | Q(settles=False), name="a_query_is_settled_by_who_asks"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="messages_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.query}: {self.by_name}"
