"""The cases in which two caseloads differ, a page at a time, for those who may see references."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator

from contracts.models import Agreement
from performance.models import Difference
from performance.reconciliation import Kind
from performance.reconciliation_pages.asked import Asked, cases_asked_for
from performance.reconciliation_pages.case_rows import STATUS_WORDS, CaseRow, case_row

CASES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class CasesShown:
    """A page of cases, and what can be chosen of them: values with their words."""

    asked: Asked
    page: Page[Difference]
    rows: tuple[CaseRow, ...]
    kinds: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]


def cases_shown(
    agreement: Agreement, month: date, asked: Asked, page: str, areas: Mapping[str, str], at: datetime | None
) -> CasesShown:
    """One page of the cases asked for; `areas` are names by code."""
    found = Paginator(cases_asked_for(agreement, month, asked, at), CASES_A_PAGE).get_page(page)
    return CasesShown(
        asked=asked,
        page=found,
        rows=tuple(case_row(one, areas) for one in found.object_list),
        kinds=tuple((kind.value, kind.label) for kind in Kind),
        areas=tuple(areas.items()),
        statuses=tuple((status.value, words) for status, words in STATUS_WORDS.items()),
    )
