"""Holding the provider's caseload of a month against the council's, for the whole agreement and area by area."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.formatting import month_name
from contracts.models import Agreement, Area
from performance.case_list_pathways import CountedPathway, counted_pathways
from performance.caseload_sides import ProviderSide, council_cases, provider_cases, provider_sides
from performance.council_coverage import Coverage, coverage
from performance.models import SyncRun, Version
from performance.reconciliation import (
    CaseDifference,
    CaseloadCounts,
    HeldCase,
    Reconciled,
    count_in,
    counts_in,
    reconcile,
)


@dataclass(frozen=True, slots=True)
class AreaReconciled:
    """What a month came to in one area; the area without a parent is the whole."""

    area: Area
    counts: CaseloadCounts


@dataclass(frozen=True, slots=True)
class MonthReconciled:
    """What holding a month's two caseloads against each other came to.

    `version` is whose case list it was and `run` the newest batch; either is None where its side is not known, and
    `reason` says why. Without both sides no difference is known.
    """

    agreement: Agreement
    month: date
    version: Version | None
    run: SyncRun | None
    reason: str
    areas: tuple[AreaReconciled, ...]
    differences: tuple[CaseDifference, ...]

    @property
    def whole(self) -> CaseloadCounts:
        """What it came to in the whole of the agreement; nothing is known of one without areas."""
        return next((one.counts for one in self.areas if one.area.parent_id is None), CaseloadCounts())

    @property
    def is_of_something(self) -> bool:
        """Whether either side is known."""
        return self.version is not None or self.run is not None


def months_worked_out(agreement: Agreement, months: Sequence[date], at: datetime | None) -> Iterator[MonthReconciled]:
    """Each of the months in turn, as things stand at `at`; the cases of one month are held at a time."""
    pathways = counted_pathways(agreement)
    told = coverage(agreement, at)
    provided = provider_sides(agreement, months, pathways.every, at)
    areas = list(agreement.areas.order_by("position", "pk"))
    for month in months:
        asked = pathways.asked_in(month)
        yield _month(agreement, month, asked, (provided[month], told), areas)


def why_not_compared(agreement: Agreement, month: date, at: datetime | None) -> str:
    """Why the month's caseloads cannot be held against each other, as of `at`; "" where they can. No case is read."""
    pathways = counted_pathways(agreement)
    provided = provider_sides(agreement, [month], pathways.every, at)
    return _reason(month, pathways.asked_in(month), (provided[month], coverage(agreement, at)))


def _reason(month: date, pathways: tuple[CountedPathway, ...], sides: tuple[ProviderSide, Coverage]) -> str:
    if not pathways:
        return f"No case list is asked for with the return for {month_name(month)}, so there is nothing to compare."
    provided, told = sides
    return " ".join(one for one in (provided.reason, told.reason(month)) if one)


def _month(
    agreement: Agreement,
    month: date,
    pathways: tuple[CountedPathway, ...],
    sides: tuple[ProviderSide, Coverage],
    areas: Sequence[Area],
) -> MonthReconciled:
    reason, (provided, told) = _reason(month, pathways, sides), sides
    if not pathways:
        return _of_nothing(agreement, month, reason, areas)
    version, not_told = provided.version, told.reason(month)
    ours = list(provider_cases(version, pathways)) if version else None
    theirs = None if not_told else list(council_cases(agreement, pathways, month))
    held = None if ours is None or theirs is None else reconcile(ours, theirs, month)
    return MonthReconciled(
        agreement=agreement,
        month=month,
        version=version,
        run=None if not_told else told.run,
        reason=reason,
        areas=tuple(AreaReconciled(area, _counted(held, ours, theirs, codes)) for area, codes in within(areas).items()),
        differences=held.differences if held else (),
    )


def _of_nothing(agreement: Agreement, month: date, reason: str, areas: Iterable[Area]) -> MonthReconciled:
    nothing = tuple(AreaReconciled(area, CaseloadCounts()) for area in areas)
    return MonthReconciled(agreement, month, None, None, reason, nothing, ())


def _counted(
    held: Reconciled | None, ours: list[HeldCase] | None, theirs: list[HeldCase] | None, codes: frozenset[str]
) -> CaseloadCounts:
    if held is not None:
        return counts_in(held, codes)
    return CaseloadCounts(
        provider=None if ours is None else count_in(ours, codes),
        council=None if theirs is None else count_in(theirs, codes),
    )


def within(areas: Sequence[Area]) -> Mapping[Area, frozenset[str]]:
    """The codes of each area and of every area that lies in it, however deep, in the areas' order."""
    parts = {area.pk: [part for part in areas if part.parent_id == area.pk] for area in areas}

    def codes(area: Area) -> frozenset[str]:
        return frozenset([area.code]).union(*(codes(part) for part in parts[area.pk]))

    return {area: codes(area) for area in areas}
