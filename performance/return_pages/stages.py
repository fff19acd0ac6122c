"""The row of steps that a return goes through, for the page of an upload and of a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from contracts.formatting import count_of, day, moment, weekday
from contracts.operational_days import OperationalCalendar
from performance.findings import Finding, Level, count_of_level
from performance.lateness import lateness
from performance.models import Move, State, Upload, Version
from performance.return_pages.sight import Names


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: `state` is done, now, todo or over, as the step row has it."""

    title: str
    state: str
    note: str


def local_moment(at: datetime) -> str:
    """A moment in the portal's time zone: "18 September 2019 at 10:42am"."""
    return moment(timezone.localtime(at))


def stages_of_upload(
    upload: Upload, findings: Sequence[Finding], due_on: date | None, names: Names
) -> tuple[Stage, ...]:
    """Upload done, check now, the rest to come."""
    return (
        Stage("1. Upload", "done", f"Done, {local_moment(upload.uploaded_at)}, {upload.uploaded_by_name}"),
        Stage("2. Check", "now", f"You are here: {_counted(findings)}"),
        Stage("3. Sign", "todo", f"By {names.provider}’s signatory" + (f", due {weekday(due_on)}" if due_on else "")),
        Stage("4. Accepted", "todo", f"By {names.coordinator}"),
    )


def stages_of_version(
    version: Version,
    moves: Sequence[Move],
    findings: Sequence[Finding],
    names: Names,
    calendar: OperationalCalendar,
) -> tuple[Stage, ...]:
    """Uploaded, checked, signed off, and accepted, sent back or waiting."""
    upload = version.upload
    uploaded = f"{upload.uploaded_by_name}, {day(timezone.localtime(upload.uploaded_at).date())}"
    return (
        Stage("Uploaded", "done", uploaded),
        Stage("Checked", "done", _counted(findings)),
        _signing(version, _last(moves, State.SUBMITTED), names, calendar),
        _deciding(version, moves, names),
    )


def _counted(findings: Sequence[Finding]) -> str:
    errors, warnings = (count_of_level(findings, level) for level in (Level.ERROR, Level.WARNING))
    return f"{count_of(errors, 'error')}, {count_of(warnings, 'warning')}"


def _last(moves: Sequence[Move], to: State) -> Move | None:
    return next((move for move in reversed(moves) if move.to_state == to), None)


def _signing(version: Version, signed: Move | None, names: Names, calendar: OperationalCalendar) -> Stage:
    due_on = version.of_return.due_on
    if signed is not None:
        on = timezone.localtime(signed.at).date()
        said = f"{signed.by_name}, {local_moment(signed.at)}"
        # Only the month's first version is early or late: a correction comes when it comes.
        is_first = not _signed_before(version).exists()
        return Stage("Signed off", "done", f"{said}, {lateness(due_on, on, calendar)}" if is_first else said)
    if version.state == State.WITHDRAWN:
        return Stage("Sign off", "over", "Withdrawn before it was signed off")
    return Stage("Sign off", "now", f"By {names.provider}’s signatory, due {weekday(due_on)}")


def _signed_before(version: Version) -> QuerySet[Version]:
    """The month's earlier versions that were signed off."""
    return version.of_return.versions.filter(number__lt=version.number, submitted_at__isnull=False)


def _deciding(version: Version, moves: Sequence[Move], names: Names) -> Stage:
    accepted, sent_back = _last(moves, State.ACCEPTED), _last(moves, State.SENT_BACK)
    if accepted is not None:
        return Stage("Accepted", "done", f"{accepted.by_name}, {local_moment(accepted.at)}")
    if sent_back is not None:
        return Stage("Sent back", "over", f"{sent_back.by_name}, {local_moment(sent_back.at)}")
    if version.state == State.WITHDRAWN:
        return Stage("Accept or send back", "todo", "Withdrawn: nothing to decide")
    if version.submitted_at is not None:
        since = day(timezone.localtime(version.submitted_at).date())
        return Stage("Accept or send back", "now", f"{names.coordinator}, since {since}")
    return Stage("Accept or send back", "todo", f"By {names.coordinator}")
