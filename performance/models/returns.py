"""The monthly return: what was uploaded, its versions and their lines."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contracts.models import Agreement, Area
from contracts.models.belonging import refuses
from performance.models.measures import Measure
from performance.moves import MOVES, State


class Return(models.Model):
    """The obligation to report one month, and the place of every version of that report."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="returns")
    month = models.DateField(help_text="First day of the month.")
    due_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "month"], name="an_agreement_has_one_return_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_return_is_of_a_whole_month"),
            models.CheckConstraint(condition=Q(due_on__gt=F("month")), name="a_return_is_due_after_its_month_began"),
        ]

    def __str__(self) -> str:
        return f"Return of {self.month:%B %Y}"


class Outcome(models.TextChoices):
    """What came of an upload."""

    VERSION = "version", "Became a version"
    REJECTED = "rejected", "Has errors"
    UNCHANGED = "unchanged", "Identical to a version there is"


class Upload(models.Model):
    """A file as it was received, and every finding about it. Never changed.

    `content` is kept only where the file carries no personal data; the stored name is the portal's own and
    `file_name` what the sender called it, made safe to show.
    """

    agreement = models.ForeignKey(Agreement, null=True, on_delete=models.PROTECT, related_name="uploads")
    month = models.DateField(null=True)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes.")
    content = models.BinaryField(null=True)
    findings = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, choices=Outcome)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    uploaded_by_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="an_upload_has_a_known_outcome"),
            models.CheckConstraint(
                condition=~Q(outcome="version")
                | Q(agreement__isnull=False, month__isnull=False, content__isnull=False),
                name="an_upload_that_became_a_version_is_kept_whole",
            ),
        ]
        indexes = [models.Index(fields=["agreement", "month", "-uploaded_at"], name="uploads_of_a_month")]
        triggers = [
            pgtrigger.Protect(name="uploads_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.file_name


# A version whose state changes in a way that is in no row of the one table of moves.
IS_NO_MOVE = "NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({})".format(
    ", ".join(f"'{before.value}>{after.value}'" for before, after in MOVES if before)
)
# A step's moment is written once, with the step.
MOVED_AT_ANOTHER_TIME = (
    pgtrigger.Q(old__submitted_at__isnull=False, old__submitted_at__df=pgtrigger.F("new__submitted_at"))
    | pgtrigger.Q(old__accepted_at__isnull=False, old__accepted_at__df=pgtrigger.F("new__accepted_at"))
    | pgtrigger.Q(old__replaced_at__isnull=False, old__replaced_at__df=pgtrigger.F("new__replaced_at"))
)


class Version(models.Model):
    """One version of a return. What it says is never edited; only its state moves."""

    # "return" is no Python name.
    of_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="version")
    prepared_by = models.CharField(max_length=200, blank=True)
    prepared_on = models.DateField(null=True)
    why = models.CharField(max_length=500, blank=True, help_text="Why a correction was made.")
    warnings_reason = models.CharField(
        max_length=500, blank=True, help_text="One reason for all warnings, of an import at the console."
    )
    nil_because = models.CharField(
        max_length=500, blank=True, help_text="Of a nil return: why there was nothing to report."
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_return", "number"], name="a_version_number_is_used_once"),
            models.UniqueConstraint(
                fields=["of_return"], condition=Q(state="accepted"), name="a_return_has_one_accepted_version"
            ),
            models.UniqueConstraint(
                fields=["of_return"],
                condition=Q(state__in=["draft", "submitted"]),
                name="a_return_has_one_version_in_progress",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_version_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "replaced"])
                | Q(accepted_at__isnull=False, submitted_at__isnull=False),
                name="an_accepted_version_was_signed_off_and_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="a_submitted_version_was_signed_off",
            ),
            models.CheckConstraint(
                condition=Q(state="replaced", replaced_at__isnull=False, replaced_at__gte=F("accepted_at"))
                | (~Q(state="replaced") & Q(replaced_at__isnull=True)),
                name="a_version_is_replaced_after_it_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(submitted_at__isnull=False, accepted_at__gte=F("submitted_at")),
                name="a_version_is_accepted_after_it_was_signed_off",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="versions_are_not_deleted", operation=pgtrigger.Delete),
            refuses("a_version_moves_as_the_table_has_it", IS_NO_MOVE, pgtrigger.Update),
            pgtrigger.Protect(
                name="when_a_version_moved_is_not_edited", operation=pgtrigger.Update, condition=MOVED_AT_ANOTHER_TIME
            ),
            pgtrigger.Protect(
                name="what_a_version_says_is_not_edited",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "of_return_id",
                    "number",
                    "upload_id",
                    "prepared_by",
                    "prepared_on",
                    "why",
                    "warnings_reason",
                    "nil_because",
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_return.month:%B %Y}, version {self.number}"


class Move(models.Model):
    """One step of a version from state to state: who, when and why. Never changed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=12, choices=State, blank=True)
    to_state = models.CharField(max_length=12, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="moves")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    late_because = models.CharField(
        max_length=500, blank=True, help_text="Of a return first signed off after the day it was due."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(late_because="") | Q(to_state="submitted"), name="only_a_sign_off_is_late_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(to_state__in=State.values) & ~Q(from_state=F("to_state")), name="a_move_changes_the_state"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="moves_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.to_state}"


class Line(models.Model):
    """One value of a version, in one area, with the cell it stood in. Never changed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="lines")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="lines")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="lines")
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    not_reported_because = models.CharField(max_length=500, blank=True)
    comment = models.CharField(max_length=500, blank=True)
    cell = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "measure", "area"], name="a_version_says_a_thing_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, not_reported_because__gt="")
                | Q(value__isnull=False, not_reported_because=""),
                name="a_line_is_a_value_or_a_reason",
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="a_line_is_not_negative"),
        ]
        triggers = [
            pgtrigger.Protect(name="lines_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.area}: {self.value}"
