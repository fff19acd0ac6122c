"""Taking a return in at the console: the same door as the web's, with the operator as the actor."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from contracts.access import standing_of
from contracts.audit import CONSOLE, Actor
from contracts.permissions import Permission
from performance.actions.deciding import CannotMove, accept, sign_off
from performance.actions.judging import Judged, ReceivedFile, judge
from performance.actions.reasoning import give_reasons
from performance.actions.receiving import Receipt, receive
from performance.case_list.read import CaseListChanged
from performance.case_list.refusals import CASE_LIST
from performance.case_list.shapes import CaseListFile
from performance.findings import Finding, error, has_errors
from performance.models import Outcome, State, Version
from performance.reasons import warnings_without_reason
from performance.recompute import work_off
from performance.workbook.limits import MAX_BYTES

OPERATOR_REASON = "Confirmed by the operator at the console"
# For a person who is named at the console: the operator's own word is not put into their mouth.
NAMED_REASON = "Taken in at the console in this person’s name"
CORRECTED = "Corrected at the console"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What came of one file."""

    name: str
    sha256: str
    agreement: str | None
    month: date | None
    version: int | None
    status: str
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the file was refused, or would be."""
        return has_errors(self.findings)

    def as_record(self) -> dict[str, Any]:
        """The file as one JSON object."""
        return {
            "file": self.name,
            "sha256": self.sha256,
            "agreement": self.agreement,
            "month": f"{self.month:%Y-%m}" if self.month else None,
            "version": self.version,
            "status": self.status,
            "findings": [_as_record(finding) for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class ConsoleImport:
    """How files are taken in: who uploads, when, and how far each goes."""

    uploader: Actor
    at: datetime
    on: date
    accepts: bool
    only_checks: bool
    why: str = ""

    def take(self, path: Path, case_list: Path | None = None) -> ImportedFile:
        """Take one file in, with the case list that goes with it. Whatever is wrong with either ends in findings."""
        if case_list is None:
            return self._take_with(path, None)
        try:
            stream = case_list.open("rb")
            stream.seek(0)
        except OSError as fault:
            return ImportedFile(
                str(path), "", None, None, None, "rejected", (_cannot_open(case_list, fault, CASE_LIST),)
            )
        with stream:
            return self._take_with(path, CaseListFile(stream, case_list.name))

    def _take_with(self, path: Path, case_list: CaseListFile | None) -> ImportedFile:
        content = _content(path)
        if isinstance(content, Finding):
            return ImportedFile(str(path), "", None, None, None, "rejected", (content,))
        judged = self._allowed(judge(ReceivedFile(content, path.name), on=self.on, case_list=case_list))
        if self.only_checks:
            return _imported(path, judged, None, "checked")
        try:
            receipt, version = self._take(judged)
        except CannotMove as overtaken:
            return _imported(path, judged.with_finding(_overtaken(overtaken)), None, "rejected")
        except CaseListChanged as changed:
            return _imported(path, judged.with_finding(_changed_meanwhile(changed)), None, "rejected")
        if version is None:
            return _imported(path, receipt.judged, None, "rejected")
        if self.accepts:
            work_off(version.of_return.agreement)
        return _imported(path, receipt.judged, version, _status(receipt, version))

    @transaction.atomic
    def _take(self, judged: Judged) -> tuple[Receipt, Version | None]:
        """Keep the file and carry its version on, in one transaction so that no other import comes between."""
        receipt = receive(
            judged,
            by=self.uploader,
            at=self.at,
            why=self.why,
            why_if_correction=CORRECTED,
            warnings_reason=_reason(self.uploader),
            may_withdraw=self._is_operator,
        )
        return receipt, self._carry_on(receipt.version) if receipt.version else None

    @property
    def _is_operator(self) -> bool:
        return self.uploader.user is None

    def _allowed(self, judged: Judged) -> Judged:
        """The file with one finding more where the person may not upload for its agreement."""
        user = self.uploader.user
        if user is None or judged.agreement is None:
            return judged
        if standing_of(user, judged.agreement).may(Permission.UPLOAD_RETURN):
            return judged
        return judged.with_finding(_not_permitted(user.email))

    def _carry_on(self, version: Version) -> Version:
        """Sign off and accept as far as was asked and the people concerned may."""
        if version.state == State.DRAFT and self._may_sign(version):
            version = self._sign(version, self.uploader)
        if self.accepts and version.state == State.DRAFT:
            version = self._sign(version, CONSOLE)
        if self.accepts and version.state == State.SUBMITTED:
            version = accept(version, by=CONSOLE, at=self.at)
        return version

    def _sign(self, version: Version, by: Actor) -> Version:
        give_reasons(version, dict.fromkeys(warnings_without_reason(version), _reason(by)), by=by, at=self.at)
        return sign_off(version, by=by, at=self.at, late_because=_reason(by))

    def _may_sign(self, version: Version) -> bool:
        user = self.uploader.user
        return user is None or standing_of(user, version.of_return.agreement).may(Permission.SIGN_RETURN)


def _reason(by: Actor) -> str:
    """The reason given for warnings when `by` uploads or signs at the console."""
    return OPERATOR_REASON if by.user is None else NAMED_REASON


def _status(receipt: Receipt, version: Version) -> str:
    """How far the file came: a draft is submitted too, and waits for the provider's signatory."""
    moved = receipt.version is not None and receipt.version.state != version.state
    if receipt.outcome is Outcome.UNCHANGED and not moved:
        return "unchanged"
    return State.SUBMITTED if version.state == State.DRAFT else version.state


def _imported(path: Path, judged: Judged, version: Version | None, status: str) -> ImportedFile:
    return ImportedFile(
        str(path),
        judged.file.sha256,
        judged.agreement.reference if judged.agreement else None,
        judged.month,
        version.number if version else None,
        status,
        judged.findings,
    )


def _content(path: Path) -> bytes | Finding:
    """The file's bytes, or the finding that says why there are none. Reads no more than may be uploaded."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as fault:
        return _cannot_open(path, fault, None)


def _cannot_open(path: Path, fault: OSError, sheet: str | None) -> Finding:
    return error(
        "cannot-open",
        sheet,
        None,
        title="The file cannot be opened",
        found=f"{path.name}: {(fault.strerror or 'no file').lower()}",
        expected="A file that this computer can read",
        remedy="Check the name and the folder, then try again",
    )


def _not_permitted(email: str) -> Finding:
    return error(
        "not-permitted",
        None,
        None,
        title="This person may not upload for the agreement",
        found=f"{email} has no role that uploads returns for it",
        expected="A provider editor or signatory of the agreement’s provider",
        remedy="Name somebody who may with --as, or leave --as out",
    )


def _overtaken(by: CannotMove) -> Finding:
    return error(
        "overtaken",
        None,
        None,
        title="Somebody acted on the version meanwhile",
        found=str(by),
        expected="A version that nobody else moves while it is taken in",
        remedy="Import the file again",
    )


def _changed_meanwhile(changed: CaseListChanged) -> Finding:
    return error(
        "case-list-changed",
        CASE_LIST,
        None,
        title="The case list is not what it was a moment ago",
        found=str(changed).rstrip("."),
        expected="A file that nobody writes to while it is taken in",
        remedy="Wait until the list is written, then import both files again",
    )


def _as_record(finding: Finding) -> dict[str, Any]:
    names = ("level", "sheet", "cell", "code", "title", "found", "expected", "remedy")
    return {name: getattr(finding, name) for name in names}
