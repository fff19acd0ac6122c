"""The page of one month: its counts by area, its differences, what was said of them, and what was known when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from contracts.access import Standing
from contracts.formatting import month_name
from contracts.models import Agreement
from contracts.permissions import Permission
from performance.dispute_rules import Dispute, seen_as
from performance.disputes import month_disputes
from performance.models import Reconciliation
from performance.month_reconciled import why_not_compared
from performance.reconciliation_pages.asked import Asked
from performance.reconciliation_pages.cases import CasesShown, cases_shown
from performance.reconciliation_pages.counts import Cell, cells_of, headings
from performance.reconciliation_pages.held import Group, HeldDifference, groups_of, held_differences
from performance.reconciliation_pages.history import KnownCounts, history_of
from performance.reconciliation_pages.rows import counts_of, reconciliations
from performance.reconciliation_pages.said import Said, explanations_of
from performance.reconciliation_pages.sentences import headline
from performance.return_pages.sight import Names, names_in
from performance.sides import side_of


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area's counts; the whole comes last."""

    area: str
    is_whole: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """Everything the page shows. `cases` is None for those who may not see references."""

    month: date
    names: Names
    headline: str
    dispute: Dispute
    headings: tuple[str, ...]
    areas: tuple[AreaRow, ...]
    groups: tuple[Group, ...]
    held: tuple[HeldDifference, ...]
    said: tuple[Said, ...]
    history: tuple[KnownCounts, ...]
    cases: CasesShown | None
    may_explain: bool
    why_not: str

    @property
    def seen(self) -> str:
        """What the forms of the page carry of what it showed."""
        return seen_as({one.key: one.status for one in self.held})


def month_page(standing: Standing, month: date, asked: Asked, page: str, at: datetime | None) -> MonthPage:
    """The page as known at `at`, None for now. As many queries for one difference as for thousands."""
    agreement = standing.agreement
    names = names_in(agreement)
    rows = list(reconciliations(agreement, at).filter(month=month))
    held = held_differences(agreement, month, at)
    dispute = month_disputes(agreement, [month], at).get(month) or Dispute(
        month, reason=_not_known(agreement, month, at)
    )
    whole = next((row for row in rows if row.area.parent_id is None), None)
    areas = {row.area.code: row.area.name for row in rows if row.area.parent_id is not None}
    sees_cases = standing.may(Permission.SEE_CASES) and bool(held)
    may_ever = at is None and standing.may(Permission.EXPLAIN_DIFFERENCES) and dispute.is_disputed
    return MonthPage(
        month=month,
        names=names,
        headline=_headline(whole, names, dispute),
        dispute=dispute,
        headings=headings(names.provider, names.council),
        areas=tuple(_area(row, names) for row in rows),
        groups=groups_of(held),
        held=held,
        said=explanations_of(standing, month, held, names, at),
        history=history_of(agreement, month, at),
        cases=cases_shown(agreement, month, asked, page, _with_whole(areas, whole), at) if sees_cases else None,
        may_explain=may_ever and side_of(standing) is not None,
        why_not=BOTH_SIDES if may_ever and side_of(standing) is None else "",
    )


BOTH_SIDES = "You act for both sides in this agreement, so somebody who speaks for one of them writes and answers."


def _not_known(agreement: Agreement, month: date, at: datetime | None) -> str:
    """Why nothing is kept of the month: it cannot be compared, or the worker has not come to it."""
    why = why_not_compared(agreement, month, at)
    if why:
        return why
    when = "were not held" if at else "have not been held"
    return f"The two caseloads of {month_name(month)} {when} against each other{' by then' if at else ' yet'}."


def _headline(whole: Reconciliation | None, names: Names, dispute: Dispute) -> str:
    if whole is None:
        return dispute.reason
    return headline(counts_of(whole), names.provider, names.council, dispute.reason)


def _with_whole(areas: Mapping[str, str], whole: Reconciliation | None) -> dict[str, str]:
    return {**areas, **({whole.area.code: whole.area.name} if whole and not areas else {})}


def _area(row: Reconciliation, names: Names) -> AreaRow:
    cells = cells_of(counts_of(row), names.provider, names.council)
    return AreaRow(row.area.name, row.area.parent_id is None, cells)
