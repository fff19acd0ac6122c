"""The page of a month as CSV files: its counts by area, and its differences by group or case by case."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from contracts.access import Standing
from contracts.permissions import Permission
from contracts.spreadsheet_text import csv_file
from performance.reconciliation_pages.asked import Asked, cases_asked_for
from performance.reconciliation_pages.case_rows import case_row
from performance.reconciliation_pages.counts import cells_of, headings
from performance.reconciliation_pages.held import groups_of, held_differences
from performance.reconciliation_pages.rows import counts_of, reconciliations
from performance.return_pages.sight import names_in

GROUP_HEADINGS = ["Kind", "Area", "Cases", "To explain", "To sign", "Signed by both"]


def counts_file(standing: Standing, month: date, at: datetime | None) -> bytes:
    """The counts of each area, the whole last."""
    agreement, names = standing.agreement, names_in(standing.agreement)
    lines = [
        [row.area.name, *(c.number for c in cells_of(counts_of(row), names.provider, names.council)), row.reason]
        for row in reconciliations(agreement, at).filter(month=month)
    ]
    return csv_file([["Area", *headings(names.provider, names.council), "Why not available"], *lines])


def differences_file(standing: Standing, month: date, asked: Asked, at: datetime | None) -> bytes:
    """The differences asked for: case by case for those who may see references, else by kind and area."""
    if standing.may(Permission.SEE_CASES):
        return csv_file(_cases(standing, month, asked, at))
    return csv_file([GROUP_HEADINGS, *_groups(standing, month, at)])


def _groups(standing: Standing, month: date, at: datetime | None) -> Iterable[list[str]]:
    for one in groups_of(held_differences(standing.agreement, month, at)):
        yield [one.kind.label, one.area, *map(str, (one.count, one.to_explain, one.waiting, one.signed))]


def _cases(standing: Standing, month: date, asked: Asked, at: datetime | None) -> Iterator[list[str]]:
    names = names_in(standing.agreement)
    areas = dict(standing.agreement.areas.values_list("code", "name"))
    yield ["Reference", "Kind", "Area", f"{names.provider} says", f"{names.council} says", "State"]
    for one in cases_asked_for(standing.agreement, month, asked, at):
        row = case_row(one, areas)
        yield [row.reference, row.kind, row.area, row.provider_says, row.council_says, row.state]
