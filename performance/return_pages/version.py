"""The page of one version: how it stands, what it says against earlier months, its history and what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.access import Standing
from contracts.calendar import calendar_for
from contracts.formatting import plain
from contracts.permissions import Permission
from performance import who_may
from performance.findings import Finding, Level
from performance.form import Sheet
from performance.models import Move, State, Upload, Version
from performance.moves import MAY_BE_ASKED_ABOUT
from performance.queries import waiting_recomputes
from performance.reasons import GivenReason, reasons_given
from performance.return_pages import findings as found
from performance.return_pages import history
from performance.return_pages.blank import has_blank
from performance.return_pages.contents import contents_of
from performance.return_pages.facts import Fact, Tab, facts_of, tabs_of
from performance.return_pages.listed import CaseListShown, case_list_shown
from performance.return_pages.marked import why_not_marked
from performance.return_pages.marks import marks_of
from performance.return_pages.reminders import ReminderRow, reminders_of
from performance.return_pages.shapes import Flag, SheetTable
from performance.return_pages.sight import Names, names_in, versions_seen_by
from performance.return_pages.stages import Stage, stages_of_version
from performance.return_pages.tables import SheetWriter
from performance.return_pages.threads import Thread, threads_of
from performance.return_pages.warnings import Warnings, warnings_of


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Everything the page shows. A step is None where the version's state does not have it."""

    version: Version
    month: date
    names: Names
    state: str
    colour: str
    is_sent_back: bool
    sent_back_because: str
    is_being_worked_out: bool
    is_correctable: bool
    has_blank: bool
    stages: tuple[Stage, ...]
    facts: tuple[Fact, ...]
    tabs: tuple[Tab, ...]
    table: SheetTable
    has_earlier_month: bool
    warnings: Warnings
    may_give_reasons: bool
    threads: tuple[Thread, ...]
    may_ask: bool
    has_marked_files: bool
    is_markable: bool
    timeline: tuple[history.Happening, ...]
    versions: tuple[history.VersionRow, ...]
    rejected: tuple[Upload, ...]
    reminders: tuple[ReminderRow, ...]
    steps: who_may.Steps
    case_list: CaseListShown | None

    @property
    def name(self) -> str:
        """ "August 2019, version 1"."""
        return str(self.version)

    @property
    def has_files(self) -> bool:
        """Whether the reader may have the files."""
        return any(row.file for row in self.versions)

    @property
    def open_queries(self) -> int:
        """How many queries about the month are not settled."""
        return sum(thread.is_open for thread in self.threads)


def version_for(standing: Standing, month: date, number: int) -> Version:
    """The version, if the reader may see it. Raises `Version.DoesNotExist`."""
    return (
        versions_seen_by(standing)
        .select_related("of_return__agreement", "upload")
        .defer("upload__content")
        .get(of_return__month=month, number=number)
    )


def version_page(version: Version, standing: Standing, *, sheet: Sheet) -> VersionPage:
    """Everything the page of `version` shows this reader, with the table of one `sheet`."""
    agreement, month = standing.agreement, version.of_return.month
    names, moves = names_in(agreement), history.moves_of(version)
    findings = found.stored_findings(version.upload.findings)
    is_exact = standing.may(Permission.SEE_EXACT_COUNTS)
    told = None if is_exact else [f for f in findings if f.sheet != Sheet.EQUALITY]
    contents, given = contents_of(version), reasons_given(version)
    marks = marks_of(agreement, month, has_figures=version.state == State.ACCEPTED)
    writer = SheetWriter(contents, marks, _warned(findings, given, agreement.warning_tolerance), is_exact=is_exact)
    waiting = version.state == State.ACCEPTED and waiting_recomputes(agreement).concerns(month)
    return VersionPage(
        version=version,
        month=month,
        names=names,
        state=history.WORDS[State(version.state)],
        colour=history.COLOURS[State(version.state)],
        is_sent_back=version.state == State.SENT_BACK,
        sent_back_because=_sent_back_because(version, moves),
        is_being_worked_out=waiting,
        is_correctable=standing.may(Permission.UPLOAD_RETURN) and version.state in (State.ACCEPTED, State.SENT_BACK),
        has_blank=has_blank(standing, month),
        stages=stages_of_version(version, moves, findings, names, calendar_for(month.year, month.year + 1)),
        facts=facts_of(contents, writer),
        tabs=tabs_of(contents, writer, sheet),
        table=writer.table(sheet),
        has_earlier_month=contents.last_month is not None,
        warnings=warnings_of(findings, given, told),
        may_give_reasons=version.state == State.DRAFT and standing.may(Permission.UPLOAD_RETURN),
        threads=threads_of(version.of_return, standing),
        may_ask=version.state in MAY_BE_ASKED_ABOUT and standing.may(Permission.QUERY_RETURN),
        has_marked_files=standing.may(Permission.SEE_UPLOADS),
        is_markable=not why_not_marked(version.upload, has_content=True),
        timeline=history.happenings(version, moves, names),
        versions=history.version_rows(version.of_return, standing, version),
        rejected=history.rejected_uploads(version.of_return, standing),
        reminders=reminders_of(version.of_return, standing),
        steps=who_may.steps(version, standing, names.provider, names.coordinator),
        case_list=case_list_shown(version, standing),
    )


def _sent_back_because(version: Version, moves: Sequence[Move]) -> str:
    if version.state != State.SENT_BACK:
        return ""
    return next(move.reason for move in reversed(moves) if move.to_state == State.SENT_BACK)


def _warned(
    findings: Sequence[Finding], given: Mapping[int, GivenReason], tolerance: Decimal
) -> Mapping[tuple[str, str], tuple[Flag, ...]]:
    """The warnings about a cell as flags, by sheet and cell."""
    words = {"change": f"Changed over {plain(tolerance)}%", "usual-range": "Outside usual range"}
    flags: dict[tuple[str, str], tuple[Flag, ...]] = {}
    for place, one in enumerate(findings):
        if one.level is Level.WARNING and one.sheet and one.cell:
            flag = Flag(words.get(one.code, "Warning"), "orange", place in given)
            flags[one.sheet, one.cell] = (*flags.get((one.sheet, one.cell), ()), flag)
    return flags
