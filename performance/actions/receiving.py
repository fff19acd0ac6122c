"""Taking a file in: read it, judge it, and keep it as an upload and, without errors, as a version."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from contracts import audit
from contracts.audit import Actor
from contracts.models import Agreement
from performance.actions.case_lists import keep_list
from performance.actions.days import due_day
from performance.actions.deciding import move
from performance.actions.judging import Judged
from performance.case_list.counts import NO_LIST
from performance.case_list.refusals import CASE_LIST
from performance.corrections import case_list_of, corrects, identical_version
from performance.file_names import safe_file_name
from performance.findings import Finding, count_of, error
from performance.models import Line, Outcome, Return, State, Upload, Version

PERSONAL_DATA = "personal-data"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a file: `version` where there is one, also the earlier one an identical file is."""

    outcome: Outcome
    judged: Judged
    upload: Upload | None
    version: Version | None


def receive(
    judged: Judged,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    why_if_correction: str = "",
    warnings_reason: str = "",
    may_withdraw: bool = False,
) -> Receipt:
    """Keep a judged file: as the version it becomes, as a rejected upload, or not at all when it is known.

    A draft of the same month gives way to it. A version that waits for acceptance does so only if `may_withdraw`.
    A correction of what was decided on says `why`, or has `why_if_correction` said of it.
    """
    if judged.agreement is None or judged.month is None or judged.has_errors:
        return _keep_rejected(judged, by=by, at=at)
    with transaction.atomic():
        of_return = _lock_return(judged.agreement, judged.month)
        known = identical_version(of_return, judged)
        if known:
            # The version keeps its list, so nothing is missing.
            judged = judged.without(NO_LIST) if case_list_of(known) else judged
            return Receipt(Outcome.UNCHANGED, judged, known.upload, known)
        waiting = _held_in_progress(of_return)
        is_correction = corrects(of_return)
        why = why.strip() or (why_if_correction if is_correction else "")
        if waiting and waiting.state == State.SUBMITTED and not may_withdraw:
            return _keep_rejected(judged.with_finding(_in_review(waiting)), by=by, at=at)
        if is_correction and not why:
            return _keep_rejected(judged.with_finding(_does_not_say_why()), by=by, at=at)
        if waiting:
            move(waiting, State.WITHDRAWN, by=by, at=at, reason="Replaced by a later upload")
        return _keep_version(of_return, judged, by=by, at=at, why=why, warnings_reason=warnings_reason)


def _lock_return(agreement: Agreement, month: date) -> Return:
    """The return of `month`, held until the transaction ends so that two uploads do not both become its version."""
    Return.objects.get_or_create(agreement=agreement, month=month, defaults={"due_on": due_day(agreement, month)})
    return Return.objects.select_for_update().get(agreement=agreement, month=month)


def _held_in_progress(of_return: Return) -> Version | None:
    """The version in progress, held so that nobody signs it off or decides on it meanwhile."""
    in_progress = of_return.versions.filter(state__in=[State.DRAFT, State.SUBMITTED])
    return in_progress.select_for_update().first()


def _keep_version(
    of_return: Return, judged: Judged, *, by: Actor, at: datetime, why: str, warnings_reason: str
) -> Receipt:
    upload = _keep_upload(judged, Outcome.VERSION, by=by, at=at)
    version = Version.objects.create(
        of_return=of_return,
        number=of_return.versions.count() + 1,
        upload=upload,
        prepared_by=judged.reading.prepared_by[:200],
        prepared_on=judged.reading.prepared_on,
        why=why,
        warnings_reason=warnings_reason,
        nil_because=judged.file.nil_because,
    )
    areas = dict(of_return.agreement.areas.values_list("code", "pk"))
    Line.objects.bulk_create(
        Line(
            version=version,
            measure_id=line.measure,
            area_id=areas[line.area],
            value=line.value,
            not_reported_because=line.not_reported_because[:500],
            comment=line.comment[:500],
            cell=line.cell,
        )
        for line in judged.reading.lines
    )
    after: dict[str, Any] = {"file": upload.file_name, "sha256": upload.sha256, "warnings": count_of(judged.findings)}
    if version.nil_because:
        after["nil_because"] = version.nil_because
    if judged.case_list:
        kept = keep_list(version, judged.case_list)
        after |= {"case list": kept.file_name, "case list sha256": kept.sha256, "cases": kept.cases}
    action = "nil return stated" if version.nil_because else "return uploaded"
    audit.record(action, by=by, agreement=of_return.agreement, subject=str(version), after=after)
    return Receipt(Outcome.VERSION, judged, upload, version)


@transaction.atomic
def _keep_rejected(judged: Judged, *, by: Actor, at: datetime) -> Receipt:
    upload = _keep_upload(judged, Outcome.REJECTED, by=by, at=at)
    if judged.agreement:
        audit.record(
            "upload rejected",
            by=by,
            agreement=judged.agreement,
            subject=upload.file_name,
            after={"sha256": upload.sha256, "findings": count_of(judged.findings)},
        )
    return Receipt(Outcome.REJECTED, judged, upload, None)


def _keep_upload(judged: Judged, outcome: Outcome, *, by: Actor, at: datetime) -> Upload:
    """Keep the file, or only its fingerprint and findings where it carries personal data or may not be read."""
    may_keep = outcome is Outcome.VERSION or _is_safe_to_keep(judged)
    return Upload.objects.create(
        agreement=judged.agreement,
        month=judged.month,
        file_name=safe_file_name(judged.file.name),
        sha256=judged.file.sha256,
        size=len(judged.file.content),
        content=judged.file.content if may_keep else None,
        findings=[asdict(finding) for finding in judged.findings],
        outcome=outcome,
        uploaded_by=by.user,
        uploaded_by_name=by.name,
        uploaded_at=at,
    )


def _is_safe_to_keep(judged: Judged) -> bool:
    """A rejected file is kept only if it could be read as a return and nothing in it points at a child.

    What is wrong with the case list, which is never kept with a rejected file, does not concern it.
    """
    of_return = [finding for finding in judged.findings if finding.sheet != CASE_LIST]
    return bool(judged.reading.lines) and all(finding.code != PERSONAL_DATA for finding in of_return)


def _in_review(waiting: Version) -> Finding:
    return error(
        "in-review",
        None,
        None,
        title="A version of this month is waiting for acceptance",
        found=f"Version {waiting.number} was signed off and has not been accepted or sent back",
        expected="No version of the month in review",
        remedy="Ask your signatory to withdraw it, or wait until it is accepted and then upload the correction",
    )


def _does_not_say_why() -> Finding:
    return error(
        "correction-without-reason",
        None,
        None,
        title="A correction says why it is made",
        found="No reason, for a month whose return was accepted or sent back before",
        expected="A sentence that says why this file corrects the earlier one",
        remedy="Upload the file again, and say why it corrects the earlier version",
    )
