"""Contract notices: what was asked for and served, the moves each made, and what was said.

A notice is never edited or deleted. Only its stage moves, as the table of moves has it, and each move is a row.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.levers.ladder import BEFORE_SERVICE, ENDS, MOVES, STEPS, NoticeStage
from contracts.models.agreement import Agreement, ServiceElement
from contracts.models.belonging import ELEMENTS, refuses, stays_within_its_agreement
from contracts.models.notice_kinds import NoticeKind

NOTICES = "contracts_notice"
KINDS = "contracts_noticekind"
PAIRS = ", ".join(f"('{before.value}', '{to.value}')" for before, to in MOVES if before)
STEP_VALUES = ", ".join(f"'{stage.value}'" for stage in STEPS)
STOPPED_OR_RAISED = ["declined", "withdrawn", "breached", "exception-report", "withholding", "unresolved"]
BEFORE_SERVICE_VALUES = [stage.value for stage in BEFORE_SERVICE]
HAS_STEP = "EXISTS (SELECT 1 FROM contracts_noticestep WHERE kind_id = NEW.kind_id AND stage = {})"
# The table of moves, passing over the stages that the kind of notice does not have. The action picks the fewest.
IS_NO_MOVE = f"""NEW.stage <> OLD.stage AND NOT EXISTS (
    WITH RECURSIVE moves(before, after) AS (VALUES {PAIRS}), way(stage) AS (
        SELECT after FROM moves WHERE before = OLD.stage
        UNION SELECT after FROM way JOIN moves ON before = way.stage
        WHERE way.stage IN ({STEP_VALUES}) AND NOT {HAS_STEP.format("way.stage")}
    ) SELECT 1 FROM way WHERE way.stage = NEW.stage
    AND (way.stage NOT IN ({STEP_VALUES}) OR {HAS_STEP.format("way.stage")}))"""
MOVES_WITHOUT_ROW = """NEW.stage <> OLD.stage AND NOT EXISTS (SELECT 1 FROM contracts_noticemove
    WHERE notice_id = NEW.id AND from_stage = OLD.stage AND to_stage = NEW.stage)"""
WITHHOLDS_NOTHING_SET = """NEW.stage = 'withholding' AND OLD.stage <> NEW.stage AND NOT EXISTS (
    SELECT 1 FROM contracts_noticemove move JOIN contracts_noticewithholding held ON held.move_id = move.id
    WHERE move.notice_id = NEW.id)"""
IS_SERVED_BY_ASKER = f"""OLD.stage = 'asked' AND NEW.stage NOT IN ('asked', {", ".join(f"'{s.value}'" for s in ENDS)})
    AND NEW.served_by_id = OLD.asked_by_id"""
STARTS_ELSEWHERE = f"""NOT EXISTS (SELECT 1 FROM {NOTICES} WHERE id = NEW.notice_id
    AND stage = CASE NEW.from_stage WHEN '' THEN NEW.to_stage ELSE NEW.from_stage END)"""
IS_ENDED = f"""EXISTS (SELECT 1 FROM {NOTICES} WHERE id = NEW.notice_id AND stage IN (
    {", ".join(f"'{stage.value}'" for stage in ENDS)}))"""


class Notice(models.Model):
    """A contract notice: asked for by one person, served by another, and climbing its ladder."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notices")
    kind = models.ForeignKey(NoticeKind, on_delete=models.PROTECT, related_name="notices")
    subject = models.CharField(max_length=120, help_text="What it is about: Early Help caseload.")
    reason = models.TextField(help_text="Why it is asked for, in sentences.")
    element = models.ForeignKey(ServiceElement, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    stage = models.CharField(max_length=20, choices=NoticeStage, default=NoticeStage.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField(null=True, help_text="Calendar year of service.")
    number = models.PositiveIntegerField(null=True, help_text="From 1 in each year, kind and agreement.")
    served_on = models.DateField(null=True, help_text="Day of service. It does not count.")
    served_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "kind", "year", "number"], name="a_notice_number_is_used_once"
            ),
            models.CheckConstraint(condition=Q(stage__in=NoticeStage.values), name="a_notice_is_in_a_known_stage"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(reason=""), name="a_notice_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(
                    stage__in=BEFORE_SERVICE_VALUES,
                    year__isnull=True,
                    number__isnull=True,
                    served_on__isnull=True,
                    served_by__isnull=True,
                )
                | ~Q(stage__in=BEFORE_SERVICE_VALUES)
                & Q(year__isnull=False, number__isnull=False, served_on__isnull=False, served_by__isnull=False),
                name="a_served_notice_has_its_number_and_day",
            ),
        ]
        indexes = [models.Index(fields=["agreement", "stage"], name="notices_of_an_agreement")]
        triggers = [
            pgtrigger.Protect(name="notices_are_not_deleted", operation=pgtrigger.Delete),
            refuses("a_notice_starts_asked_for", "NEW.stage <> 'asked'", pgtrigger.Insert),
            refuses("a_notice_moves_as_the_table_has_it", IS_NO_MOVE, pgtrigger.Update),
            refuses("a_notice_moves_with_its_row", MOVES_WITHOUT_ROW, pgtrigger.Update),
            refuses("a_notice_comes_to_withholding_with_its_term", WITHHOLDS_NOTHING_SET, pgtrigger.Update),
            refuses("nobody_serves_the_notice_they_asked_for", IS_SERVED_BY_ASKER, pgtrigger.Update),
            refuses(
                "a_served_notice_keeps_its_number_and_day",
                "OLD.number IS NOT NULL AND (NEW.year, NEW.number, NEW.served_on, NEW.served_by_id) <> "
                "(OLD.year, OLD.number, OLD.served_on, OLD.served_by_id)",
                pgtrigger.Update,
            ),
            stays_within_its_agreement(
                "a_notice_is_of_a_kind_of_its_agreement", {"kind_id": KINDS, "element_id": ELEMENTS}
            ),
            pgtrigger.Protect(
                name="what_was_asked_for_is_not_edited",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "agreement_id",
                    "kind_id",
                    "subject",
                    "reason",
                    "element_id",
                    "asked_by_id",
                    "asked_by_name",
                    "asked_at",
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.subject}"

    @property
    def title(self) -> str:
        """Its kind and number: "Contract Performance Notice 2019/02"; without a number before it is served."""
        return f"{self.kind.name} {self.short_number}" if self.number else self.kind.name

    @property
    def short_number(self) -> str:
        """The number alone: "2019/02"; empty before it is served."""
        return f"{self.year}/{self.number:02d}" if self.number else ""

    @property
    def was_served(self) -> bool:
        """Whether the provider knows of it."""
        return self.number is not None


class NoticeMove(models.Model):
    """One move of a notice from stage to stage: who, when, on which day it happened, and why. Never changed."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="moves")
    from_stage = models.CharField(max_length=20, choices=NoticeStage, blank=True)
    to_stage = models.CharField(max_length=20, choices=NoticeStage)
    on = models.DateField(help_text="The day it happened: clocks count from the day after.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(help_text="When it was recorded.")
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_stage__in=NoticeStage.values) & ~Q(from_stage=F("to_stage")),
                name="a_notice_move_changes_the_stage",
            ),
            models.CheckConstraint(
                condition=~Q(to_stage__in=STOPPED_OR_RAISED) | ~Q(reason=""),
                name="a_notice_is_stopped_or_raised_for_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="notice_moves_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_notice_move_starts_where_the_notice_is", STARTS_ELSEWHERE, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.to_stage}"


class EntryKind(models.TextChoices):
    """What was said about a notice without moving it."""

    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ANSWER = "answer", "Answered"
    NOTE = "note", "Noted"


class NoticeEntry(models.Model):
    """What a person added to the record of a notice. Never changed."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16, choices=EntryKind)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    organisation = models.ForeignKey("contracts.Organisation", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "notice entries"
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(kind="acknowledged"), name="a_notice_is_acknowledged_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="a_notice_entry_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(kind="acknowledged") | ~Q(text=""), name="an_answer_or_a_note_says_something"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="notice_entries_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("nothing_is_added_to_a_closed_notice", IS_ENDED, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.notice}: {self.get_kind_display().lower()} by {self.by_name}"
