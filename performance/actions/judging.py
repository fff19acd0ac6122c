"""Reading and checking a file against its agreement, with nothing kept."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from contracts.agreement_months import months_of
from contracts.due_days import operational_day_of
from contracts.formatting import month_name
from contracts.models import Agreement
from contracts.return_terms import due_day_terms_of
from performance.absences import LEFT_OUT
from performance.actions.case_lists import JudgedList, judge_list
from performance.case_list.shapes import CaseListFile
from performance.checks import check_return
from performance.findings import Finding, Level, error, has_errors
from performance.form import Reading, ReturnForm
from performance.forms_of_return import form_of, last_accepted_before
from performance.ranges_before import usual_ranges_before
from performance.virus_scan import scanned
from performance.workbook.order import in_sheet_order
from performance.workbook.read import read_return

UNKNOWN_AGREEMENT = "unknown-agreement"
SCANNED_AT_ONCE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as somebody handed it in; with `nil_because`, one that the portal wrote for a nil return."""

    content: bytes
    name: str
    nil_because: str = ""

    @property
    def sha256(self) -> str:
        """The file's fingerprint, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Judged:
    """A file read and checked against its agreement, with nothing kept yet."""

    file: ReceivedFile
    agreement: Agreement | None
    reading: Reading
    findings: tuple[Finding, ...]
    case_list: JudgedList | None = None

    @property
    def month(self) -> date | None:
        """The month the file says it is of, whether or not it may be."""
        return self.reading.month

    def with_finding(self, finding: Finding) -> "Judged":
        """The same file with one finding more."""
        return replace(self, findings=(*self.findings, finding))

    def without(self, code: str) -> "Judged":
        """The same file without its findings of one code."""
        return replace(self, findings=tuple(one for one in self.findings if one.code != code))

    @property
    def has_errors(self) -> bool:
        """Whether an error stops the file from becoming a version."""
        return has_errors(self.findings)


def judge(
    file: ReceivedFile,
    *,
    on: date,
    expected: Agreement | None = None,
    expected_month: date | None = None,
    case_list: CaseListFile | None = None,
) -> Judged:
    """Read and check a file as of the day `on`; keeps nothing and never raises for what is in the file.

    With `expected` the file must be of that agreement and with `expected_month` of that month. `case_list` goes with
    it, and is not read where nobody can say what it should hold: for a file that names no agreement.
    """
    stopped = _stopped_by_scanner(file, case_list)
    if stopped:
        return Judged(file, expected, Reading(None, None, None, "", None, (), ()), stopped)
    named: dict[str, Named] = {}

    def form_for(reference: str) -> ReturnForm | None:
        found = _named(reference, expected)
        if found:
            named[reference] = found
        return found.form if found else None

    reading = read_return(file.content, file.name, form_for, on)
    one = next(iter(named.values()), None)
    form, agreement = (one.form, one.agreement) if one else (None, expected)
    findings = list(reading.findings)
    if one and form is None:
        findings = [_half_entered(one.agreement), *(f for f in findings if f.code != UNKNOWN_AGREEMENT)]
    if form and agreement and reading.month:
        findings.extend(_compared(reading, form.for_month(reading.month), agreement, reading.month))
        findings.extend(_without_due_day(agreement, reading.month))
    findings.extend(_other_month(reading.month, expected_month))
    judged_list: JudgedList | None = None
    if form and agreement:
        judged_list, about_list = judge_list(case_list, reading, form, agreement, on=on)
        findings.extend(about_list)
    return Judged(file, agreement, reading, in_sheet_order(findings), judged_list)


def _stopped_by_scanner(file: ReceivedFile, case_list: CaseListFile | None) -> tuple[Finding, ...]:
    """What the virus scanner says against the files, before anything of them is read; nothing where there is none."""
    if not settings.VIRUS_SCANNER:
        return ()
    found = [scanned([file.content], settings.VIRUS_SCANNER, "the return")]
    if case_list is not None:
        case_list.stream.seek(0)
        chunks = iter(lambda: case_list.stream.read(SCANNED_AT_ONCE), b"")
        found.append(scanned(chunks, settings.VIRUS_SCANNER, "the case list"))
        case_list.stream.seek(0)
    return tuple(one for one in found if one is not None)


def _compared(reading: Reading, form: ReturnForm, agreement: Agreement, month: date) -> list[Finding]:
    """The rules among the numbers and against the last accepted month."""
    earlier = last_accepted_before(agreement, month)
    usual = usual_ranges_before(agreement, month)
    found = check_return(reading.lines, form, earlier.values, earlier.month, earlier.unreported, usual)
    # What could not be read on a sheet is there all the same: its errors say so.
    faulty = {finding.sheet for finding in reading.findings if finding.level is Level.ERROR}
    return [one for one in found if one.code != LEFT_OUT or one.sheet not in faulty]


@dataclass(frozen=True, slots=True)
class Named:
    """The agreement that a file names, and its form; None while the agreement is only half entered."""

    agreement: Agreement
    form: ReturnForm | None


def _named(reference: str, expected: Agreement | None) -> Named | None:
    if expected is not None and reference != expected.reference:
        return None
    agreement = expected or Agreement.objects.filter(reference=reference).first()
    return Named(agreement, form_of(agreement)) if agreement else None


def _without_due_day(agreement: Agreement, month: date) -> list[Finding]:
    """A month that no due day is agreed for has no obligation, so no return of it can be taken in."""
    is_agreed = operational_day_of(month, due_day_terms_of(agreement)) is not None
    is_of_term = months_of(agreement).first <= month < months_of(agreement).end
    if is_agreed or not is_of_term:
        return []
    return [_half_entered(agreement, f"a day that the return for {month_name(month)} is due")]


def _half_entered(agreement: Agreement, without: str = "a provider or areas") -> Finding:
    return error(
        "half-entered",
        "Return",
        None,
        title="The portal cannot take returns of this agreement yet",
        found=f"{agreement.reference} without {without}",
        expected="An agreement that is entered in full",
        remedy="Ask the portal’s administrator to complete the agreement, then upload the file again",
    )


def _other_month(month: date | None, expected: date | None) -> list[Finding]:
    if month is None or expected is None or month == expected:
        return []
    return [
        error(
            "other-month",
            "Return",
            None,
            title="The file is of another month",
            found=f"A return for {month_name(month)}",
            expected=f"A return for {month_name(expected)}",
            remedy=f"Upload it on the page of {month_name(month)}, or correct “Reporting month” if that is wrong",
        )
    ]
