"""The page of an upload that has errors, and of a month without a version to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.access import Standing
from contracts.calendar import calendar_for
from contracts.operational_days import OperationalCalendar
from contracts.permissions import Permission
from performance.findings import Finding, Level, count_of, count_of_level
from performance.lateness import ReturnState, state_of_return, time_left
from performance.models import Return, State, Upload, Version
from performance.return_pages import findings as found
from performance.return_pages.blank import has_blank
from performance.return_pages.history import file_in_words, rejected_uploads
from performance.return_pages.marked import is_kept, why_not_marked
from performance.return_pages.month_rows import COLOURS
from performance.return_pages.reminders import ReminderRow, reminders_of
from performance.return_pages.sight import Names, names_in, returns_required, versions_seen_by
from performance.return_pages.stages import Stage, stages_of_upload


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Everything the page of a rejected upload shows; `about_the_file` is set where none of it could be judged."""

    upload: Upload
    names: Names
    month: date | None
    due_on: date | None
    time_left: str
    about_the_file: Finding | None
    stages: tuple[Stage, ...]
    counts: tuple[found.SheetCount, ...]
    errors: tuple[found.SheetFindings, ...]
    warnings: tuple[found.SheetFindings, ...]
    error_count: int
    why_not_marked: str
    file: str

    @property
    def summary(self) -> list[dict[str, str]]:
        """The errors as the summary lists them, each leading to its card."""
        return [{"text": one.text, "href": one.href} for one in self._listed]

    @property
    def errors_not_listed(self) -> int:
        """How many errors are not in the summary."""
        return self.error_count - count_of(one.finding for one in self._listed)

    @property
    def _listed(self) -> tuple[found.NumberedFinding, ...]:
        """No more than can be read: a file may have twenty sheets."""
        return tuple(one for group in self.errors for one in group.shown)[: found.ALL_SHOWN_UP_TO]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month without a version that the reader may see."""

    month: date
    due_on: date
    state: ReturnState
    colour: str
    time_left: str
    names: Names
    rejected: tuple[Upload, ...]
    reminders: tuple[ReminderRow, ...]
    may_upload: bool
    has_blank: bool

    @property
    def has_ended(self) -> bool:
        """Whether the month can be reported."""
        return self.state is not ReturnState.NOT_DUE


def upload_page(upload: Upload, standing: Standing, *, on: date) -> UploadPage:
    """Everything the page of `upload` shows on the day `on`."""
    findings = found.stored_findings(upload.findings)
    names = names_in(standing.agreement)
    of_return = returns_required(standing).filter(month=upload.month).first() if upload.month else None
    due_on = of_return.due_on if of_return else None
    errors = found.by_sheet(findings, Level.ERROR)
    shown = sum(len(group.shown) for group in errors)
    return UploadPage(
        upload=upload,
        names=names,
        month=upload.month if of_return else None,
        due_on=due_on,
        time_left=time_left(due_on, on, _calendar(due_on, on)) if due_on else "",
        about_the_file=_about_the_file(findings),
        stages=stages_of_upload(upload, findings, due_on, names),
        counts=found.counts_by_sheet(findings),
        errors=errors,
        warnings=found.by_sheet(findings, Level.WARNING, first_number=shown + 1),
        error_count=count_of_level(findings, Level.ERROR),
        why_not_marked=why_not_marked(upload, has_content=is_kept(upload)),
        file=file_in_words(upload),
    )


def _about_the_file(findings: Sequence[Finding]) -> Finding | None:
    """The one finding about the whole file, where nothing else could be judged."""
    return findings[0] if len(findings) == 1 and findings[0].sheet is None else None


def current_version(of_return: Return, standing: Standing) -> Version | None:
    """The version to look at first: the one in progress, else the accepted one, else the newest."""
    seen = list(versions_seen_by(standing).filter(of_return=of_return))
    for states in ([State.DRAFT, State.SUBMITTED], [State.ACCEPTED], State.values):
        held = [version for version in seen if version.state in states]
        if held:
            return held[-1]
    return None


def month_page(of_return: Return, standing: Standing, *, on: date) -> MonthPage:
    """How the return of a month stands on the day `on` while there is no version to see."""
    state = state_of_return(of_return.month, of_return.due_on, on, ())
    return MonthPage(
        month=of_return.month,
        due_on=of_return.due_on,
        state=state,
        colour=COLOURS[state],
        time_left=time_left(of_return.due_on, on, _calendar(of_return.due_on, on)),
        names=names_in(standing.agreement),
        rejected=rejected_uploads(of_return, standing),
        reminders=reminders_of(of_return, standing),
        may_upload=standing.may(Permission.UPLOAD_RETURN),
        has_blank=has_blank(standing, of_return.month),
    )


def _calendar(first: date, second: date) -> OperationalCalendar:
    return calendar_for(min(first, second).year, max(first, second).year)
