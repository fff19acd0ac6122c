"""The case list that goes with a return: judged with it, and kept with its version."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from contracts.models import Agreement
from performance.case_list.counts import by_measure_and_area, disagreements, no_list, not_asked_for
from performance.case_list.read import cases_in, read_case_list
from performance.case_list.shapes import Case, CaseListFile, ListTerms, ReadList
from performance.case_list_terms import list_terms
from performance.file_names import safe_file_name
from performance.findings import Finding, FindingList, has_errors
from performance.form import Reading, ReturnForm
from performance.models import CaseList, ListedCase, Version

COLUMNS = ("case_list_id", "reference", "pathway_id", "area_id", "referral_route", "opened_on", "closed_on")


@dataclass(frozen=True, slots=True)
class JudgedList:
    """A case list read and checked beside its return, with nothing kept yet."""

    file: CaseListFile
    read: ReadList
    terms: ListTerms


def judge_list(
    file: CaseListFile | None, reading: Reading, form: ReturnForm, agreement: Agreement, *, on: date
) -> tuple[JudgedList | None, tuple[Finding, ...]]:
    """Read the list and hold it against the return; findings too where there is none and should be, or the reverse."""
    terms = list_terms(agreement, form, reading.month, on)
    if file is None:
        return None, tuple(no_list(reading.lines, terms))
    if not terms.counted:
        return None, (not_asked_for(),)
    read = read_case_list(file, terms)
    findings = FindingList()
    findings.extend(read.findings)
    if reading.month and not has_errors(read.findings):
        lines = by_measure_and_area(reading.lines)
        findings.extend(disagreements(read.open_cases, lines, terms, form.whole))
    return JudgedList(file, read, terms), findings.all()


def keep_list(version: Version, judged: JudgedList) -> CaseList:
    """Keep a list without errors with its version, row by row as it is read; within the version's transaction."""
    kept = CaseList.objects.create(
        version=version,
        file_name=safe_file_name(judged.file.name),
        sha256=judged.read.sha256,
        size=judged.read.size,
        cases=judged.read.cases,
    )
    statement = f"COPY {ListedCase._meta.db_table} ({', '.join(COLUMNS)}) FROM STDIN"
    agreement = version.of_return.agreement
    # Looked up beforehand: while it copies, the connection answers nothing else.
    pathways = dict(agreement.pathways.values_list("code", "pk"))
    areas = dict(agreement.areas.values_list("code", "pk"))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for case in cases_in(judged.file, judged.read, judged.terms):
            copy.write_row(_row(kept.pk, case, pathways, areas))
    return kept


def _row(key: int, case: Case, pathways: dict[str, int], areas: dict[str, int]) -> tuple[object, ...]:
    return (
        key,
        case.reference,
        pathways[case.pathway],
        areas[case.area],
        case.referral_route,
        case.opened_on,
        case.closed_on,
    )
