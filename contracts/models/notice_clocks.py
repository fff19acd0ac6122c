"""The clocks of notices: what runs, what was agreed to change it, and each new due day with its cause."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.levers.ladder import NoticeStage
from contracts.models.belonging import refuses
from contracts.models.notice_kinds import STEP_CHOICES, ClockUnit, StepClock
from contracts.models.notices import Notice
from contracts.models.organisations import Organisation

MOVES_WITHOUT_RETIMING = """NEW.due_on <> OLD.due_on AND NOT EXISTS (SELECT 1 FROM contracts_clockretiming
    WHERE clock_id = NEW.id AND due_before = OLD.due_on AND due_after = NEW.due_on)"""
IS_OF_ANOTHER_CLOCK = """NEW.change_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contracts_clockchange
    WHERE id = NEW.change_id AND clock_id = NEW.clock_id AND answer = 'agreed')"""


class NoticeClock(models.Model):
    """A clock that runs, or ran, on one stage of a notice: from a day, so many days, and the day that makes it due."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="clocks")
    stage = models.CharField(max_length=20, choices=STEP_CHOICES)
    term = models.ForeignKey(StepClock, on_delete=models.PROTECT, related_name="notice_clocks")
    started_on = models.DateField(help_text="Day of service, or of the step before. It does not count.")
    count = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=ClockUnit)
    due_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="The day the stage was left; empty while the clock runs.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(ended_on__isnull=True), name="a_notice_has_one_open_clock"
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("started_on")), name="a_clock_is_due_after_it_starts"),
            models.CheckConstraint(condition=Q(stage__in=NoticeStage.values), name="a_clock_is_of_a_known_stage"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="a_clock_ends_when_it_started_or_later",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="clocks_are_not_deleted", operation=pgtrigger.Delete),
            refuses("a_clock_is_retimed_with_its_cause", MOVES_WITHOUT_RETIMING, pgtrigger.Update),
            refuses("an_ended_clock_stays", "OLD.ended_on IS NOT NULL", pgtrigger.Update),
            pgtrigger.Protect(
                name="a_clock_keeps_its_terms",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "notice_id", "stage", "term_id", "started_on", "count", "unit"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice}: {self.get_stage_display().lower()} by {self.due_on:%-d %B %Y}"


class ClockChangeKind(models.TextChoices):
    """What the two sides may agree about a clock."""

    EXTENSION = "extension", "Extension"
    PAUSE = "pause", "Pause"


class ClockAnswer(models.TextChoices):
    """What became of a proposal."""

    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    TAKEN_BACK = "taken-back", "Taken back"


class ClockChange(models.Model):
    """An extension or a pause that one side proposed and the other agreed or refused."""

    clock = models.ForeignKey(NoticeClock, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=16, choices=ClockChangeKind)
    extra = models.PositiveSmallIntegerField(null=True, help_text="An extension, in the clock’s own unit.")
    paused_from = models.DateField(null=True, help_text="First day that does not count.")
    paused_until = models.DateField(null=True, help_text="First day that counts again.")
    reason = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by_name = models.CharField(max_length=200)
    proposed_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=16, choices=ClockAnswer, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_for = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer_reason = models.CharField(max_length=500, blank=True, help_text="Why it was refused, where somebody said.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(answer=""), name="a_clock_has_one_open_proposal"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_clock_change_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    kind="extension",
                    extra__gte=1,
                    extra__lte=250,
                    extra__isnull=False,
                    paused_from__isnull=True,
                    paused_until__isnull=True,
                )
                | Q(
                    kind="pause",
                    extra__isnull=True,
                    paused_from__isnull=False,
                    paused_until__isnull=False,
                    paused_until__gt=F("paused_from"),
                ),
                name="an_extension_says_how_long_and_a_pause_which_days",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_for__isnull=True, answered_at__isnull=True)
                | Q(
                    answer__in=ClockAnswer.values,
                    answered_by__isnull=False,
                    answered_for__isnull=False,
                    answered_at__isnull=False,
                ),
                name="an_answered_clock_change_says_who_answered",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["agreed", "refused"]) | ~Q(answered_for=F("proposed_for")),
                name="the_other_side_answers_a_clock_change",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=["agreed", "refused"]) | ~Q(answered_by=F("proposed_by")),
                name="nobody_answers_the_clock_change_they_proposed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="clock_changes_are_not_deleted", operation=pgtrigger.Delete),
            refuses("a_clock_change_is_answered_once", "OLD.answer <> ''", pgtrigger.Update),
            refuses("a_clock_change_starts_unanswered", "NEW.answer <> ''", pgtrigger.Insert),
            pgtrigger.Protect(
                name="a_proposed_clock_change_is_not_edited",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "clock_id",
                    "kind",
                    "extra",
                    "paused_from",
                    "paused_until",
                    "reason",
                    "proposed_by_id",
                    "proposed_by_name",
                    "proposed_for_id",
                    "proposed_at",
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.clock}"


class RetimingCause(models.TextChoices):
    """Why a clock has another due day."""

    EXTENSION = "extension", "Extension agreed"
    PAUSE = "pause", "Pause agreed"
    HOLIDAY = "holiday", "Bank holiday added or taken away"


class ClockRetiming(models.Model):
    """One new due day of a clock, with its cause. Never changed."""

    clock = models.ForeignKey(NoticeClock, on_delete=models.PROTECT, related_name="retimings")
    cause = models.CharField(max_length=16, choices=RetimingCause)
    change = models.ForeignKey(ClockChange, null=True, on_delete=models.PROTECT, related_name="retimings")
    reason = models.CharField(max_length=500)
    due_before = models.DateField()
    due_after = models.DateField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(due_before=F("due_after")), name="a_retiming_moves_the_due_day"),
            models.CheckConstraint(
                condition=Q(cause="holiday", change__isnull=True)
                | Q(cause__in=["extension", "pause"], change__isnull=False),
                name="a_retiming_rests_on_an_agreement_or_a_holiday",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="retimings_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuses("a_retiming_rests_on_what_was_agreed", IS_OF_ANOTHER_CLOCK, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.clock.notice}: {self.due_before:%-d %B %Y} became {self.due_after:%-d %B %Y}"
