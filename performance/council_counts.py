"""The council's own cases as a source of figures: how many were open at a month's end, by area."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth

from contracts.formatting import day, month_name
from contracts.periods import add_months, month_start
from performance.case_list_pathways import CountedPathways, counted_pathways
from performance.council_coverage import Coverage, coverage, runs_that_count
from performance.indicators import FormulaTerm, Input
from performance.models import CouncilCase, SyncRun
from performance.month_reconciled import within
from performance.sources import Answer, Scope

LABEL, SHEET = "Open cases in the council’s system", "Early Help sync"


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one area and pathway that opened and closed in the same months, and the newest batch they came with."""

    area: str
    pathway: str
    opened_in: date
    closed_in: date | None
    cases: int
    run: int

    def is_open_at(self, month: date) -> bool:
        """Whether the cases are open as `month` ends: they opened in it or before, and close in a later one."""
        return self.opened_in <= month and (self.closed_in is None or self.closed_in > month)


@dataclass(frozen=True, slots=True)
class CouncilCounts:
    """Answers terms over an agreement's council cases.

    `reached` has, by month, the first batch that is as of some day from the last of the month before it on; `runs`
    every batch that is named as evidence.
    """

    told: Coverage
    groups: tuple[Group, ...]
    pathways: CountedPathways
    codes: Mapping[str, frozenset[str]]
    reached: Mapping[date, int]
    runs: Mapping[int, SyncRun]

    def answer(self, term: FormulaTerm, area: str, month: date) -> Input:
        """The cases open at the end of `month` in `area` on the term's pathway, else on all that a case list counts."""
        pathways = {one.code for one in self.pathways.asked_in(month)} if term.pathway is None else {term.pathway}
        if not pathways:
            return Input(None, f"No case list is asked for with the return for {month_name(month)}.")
        reason = self.told.reason(month)
        if reason:
            return Input(None, reason)
        areas = self.codes[area]
        found = [one for one in self.groups if one.pathway in pathways and one.area in areas and one.is_open_at(month)]
        count = sum(one.cases for one in found)
        newest = max([self._first_that_reached(month), *(one.run for one in found)])
        return Input(Decimal(count), "", (self._source(month, area, count, self.runs[newest]),))

    def _first_that_reached(self, month: date) -> int:
        return min(run for reached, run in self.reached.items() if reached > month)

    def _source(self, month: date, area: str, count: int, run: SyncRun) -> dict[str, Any]:
        """The count as evidence, with the newest of the batches that it rests on."""
        return {
            "version": None,
            "version_id": None,
            "month": f"{month:%Y-%m}",
            "sheet": SHEET,
            "cell": f"batch {run.pk}, as of {day(run.as_of)}",
            "label": LABEL,
            "area": area,
            "value": str(count),
        }


def read_council_counts(scope: Scope) -> Answer:
    """The reader of source `council cases`."""
    agreement = scope.agreement
    groups = tuple(_groups(scope))
    reached = _reached(scope)
    runs = SyncRun.objects.only("as_of").in_bulk({*reached.values(), *(group.run for group in groups)})
    areas = within(list(agreement.areas.all()))
    return CouncilCounts(
        told=coverage(agreement, scope.at),
        groups=groups,
        pathways=counted_pathways(agreement),
        codes={area.code: codes for area, codes in areas.items()},
        reached=reached,
        runs=runs,
    ).answer


def _groups(scope: Scope) -> Iterable[Group]:
    """The cases that opened by the scope's last month, counted by the months they opened and closed in."""
    rows = (
        CouncilCase.objects.filter(agreement=scope.agreement, is_deleted=False)
        .filter(opened_on__lt=add_months(scope.last_month, 1))
        .values_list("area__code", "pathway__code", TruncMonth("opened_on"), TruncMonth("closed_on"))
        .annotate(Count("pk"), Max("run_id"))
    )
    return (Group(*row) for row in rows)


def _reached(scope: Scope) -> Mapping[date, int]:
    """The first batch by the month of the day after the one it is as of: every month before that has ended in it."""
    runs = runs_that_count(scope.agreement, scope.at).values_list("as_of").annotate(Min("pk"))
    reached: dict[date, int] = {}
    for as_of, run in runs:
        month = month_start(as_of + timedelta(days=1))
        reached[month] = min(run, reached.get(month, run))
    return reached
