"""The provider's scorecard: in time, right first time, what was corrected, and what was found in its files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from contracts.access import Standing
from contracts.periods import financial_year
from contracts.permissions import Permission
from performance.count_charts import CountSeries, count_bars
from performance.finding_counts import FindingCount, by_month, finding_counts, refused_before_first_version
from performance.finding_kinds import name_of_kind
from performance.findings import Level
from performance.lateness import OPERATIONAL_DAY
from performance.provider_months import provider_months
from performance.rates import EVERY_YEAR, Rate
from performance.return_pages.sight import names_in
from performance.scorecard_rows import Cell, ScoredMonth, cells_of
from performance.scorecard_words import NOTHING_DUE, Period, found_reading, late_reading, reading_of


@dataclass(frozen=True, slots=True)
class YearOfMonths:
    """A financial year's months, newest first, each with its cells."""

    name: str
    months: tuple[tuple[ScoredMonth, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class KindRow:
    """How many findings of one kind there were in each financial year."""

    level: Level
    name: str
    by_year: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class ScorecardPage:
    """Everything the page shows; a chart is None where there is nothing to draw."""

    provider: str
    as_at: date
    sees_drafts: bool
    periods: tuple[Period, ...]
    years: tuple[YearOfMonths, ...]
    headings: tuple[Cell, ...]
    reading: str
    late_reading: str
    found_reading: str
    months: tuple[ScoredMonth, ...]
    late_chart: dict[str, Any] | None
    findings_chart: dict[str, Any] | None
    kinds: tuple[KindRow, ...]
    kind_years: tuple[str, ...]


def scored_months(standing: Standing, *, at: datetime) -> tuple[ScoredMonth, ...]:
    """The months that the scorecard is of, newest first, with what the reader may see of each."""
    sees_drafts = standing.may(Permission.SEE_UPLOADS)
    return _scored(standing, finding_counts(standing.agreement, with_drafts=sees_drafts), at)


def scorecard_page(standing: Standing, *, at: datetime) -> ScorecardPage:
    """Everything the page shows at the moment `at`."""
    sees_drafts = standing.may(Permission.SEE_UPLOADS)
    counts = finding_counts(standing.agreement, with_drafts=sees_drafts)
    months = _scored(standing, counts, at)
    shown = {one.month for one in months}
    periods = _periods(months)
    kind_years = tuple(dict.fromkeys(financial_year(one.month) for one in reversed(months)))
    return ScorecardPage(
        provider=names_in(standing.agreement).provider,
        as_at=timezone.localtime(at).date(),
        sees_drafts=sees_drafts,
        periods=periods,
        years=tuple(_year(name, held) for name, held in groupby(months, lambda one: financial_year(one.month))),
        headings=cells_of(months[0]) if months else (),
        reading=reading_of(periods[0], months) if periods else NOTHING_DUE,
        late_reading=late_reading(months),
        found_reading=found_reading(months),
        months=months,
        late_chart=_late_chart(months),
        findings_chart=_findings_chart(months, sees_drafts=sees_drafts),
        kinds=_kinds([one for one in counts if one.month in shown], kind_years),
        kind_years=kind_years,
    )


def _scored(standing: Standing, counts: Iterable[FindingCount], at: datetime) -> tuple[ScoredMonth, ...]:
    sees_drafts = standing.may(Permission.SEE_UPLOADS)
    refused = refused_before_first_version(standing.agreement) if sees_drafts else {}
    found = by_month(counts)
    none = dict.fromkeys(Level, 0)
    return tuple(
        ScoredMonth(
            month=one.month,
            due_on=one.due_on,
            signed_on=one.signed_on,
            days_late=one.days_late,
            is_on_time=one.is_on_time,
            is_accepted=one.is_accepted,
            is_right_first_time=one.is_right_first_time,
            times_sent_back=one.times_sent_back,
            corrections=one.corrections,
            refused=refused.get(one.month, 0) if sees_drafts else None,
            errors=found.get(one.month, none)[Level.ERROR] if sees_drafts else None,
            warnings=found.get(one.month, none)[Level.WARNING],
        )
        for one in provider_months(standing.agreement, at=at)
    )


def _periods(months: Sequence[ScoredMonth]) -> tuple[Period, ...]:
    """All years first, then each financial year, newest first."""
    if not months:
        return ()
    years = groupby(months, lambda one: financial_year(one.month))
    return (_period(EVERY_YEAR, months), *(_period(f"April to March {name}", list(held)) for name, held in years))


def _period(name: str, months: Sequence[ScoredMonth]) -> Period:
    sees_drafts = months[0].refused is not None
    return Period(
        name=name,
        on_time=Rate(sum(one.is_on_time for one in months), len(months)),
        right_first_time=Rate(sum(one.is_right_first_time for one in months), len(months)),
        days_late=sum(one.days_late for one in months),
        sent_back=sum(one.times_sent_back for one in months),
        corrections=sum(len(one.corrections) for one in months),
        refused=sum(one.refused or 0 for one in months) if sees_drafts else None,
        errors=sum(one.errors or 0 for one in months) if sees_drafts else None,
        warnings=sum(one.warnings for one in months),
    )


def _year(name: str, months: Iterable[ScoredMonth]) -> YearOfMonths:
    return YearOfMonths(name, tuple((one, cells_of(one)) for one in months))


def _late_chart(months: Sequence[ScoredMonth]) -> dict[str, Any] | None:
    ordered = months[::-1]
    signed = [one.days_late if one.signed_on else 0 for one in ordered]
    waiting = [0 if one.signed_on else one.days_late for one in ordered]
    if not any(signed + waiting):
        return None
    series = [
        CountSeries("Signed off late", OPERATIONAL_DAY, signed),
        CountSeries("Not signed off yet", OPERATIONAL_DAY, waiting),
    ]
    return count_bars([one.month for one in ordered], series)


def _findings_chart(months: Sequence[ScoredMonth], *, sees_drafts: bool) -> dict[str, Any] | None:
    ordered = months[::-1]
    errors, warnings = [one.errors or 0 for one in ordered], [one.warnings for one in ordered]
    if not any(errors + warnings):
        return None
    drawn = [CountSeries("Errors", "error", errors)] if sees_drafts else []
    return count_bars([one.month for one in ordered], [*drawn, CountSeries("Warnings", "warning", warnings)])


def _kinds(counts: Sequence[FindingCount], years: Sequence[str]) -> tuple[KindRow, ...]:
    """Errors before warnings, the most frequent kind first."""
    held: dict[tuple[Level, str], dict[str, int]] = {}
    for one in counts:
        of_year = held.setdefault((one.level, one.code), dict.fromkeys(years, 0))
        of_year[financial_year(one.month)] += one.count
    rows = [
        KindRow(level, name_of_kind(code), tuple(of_year.items()), sum(of_year.values()))
        for (level, code), of_year in held.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.level is Level.WARNING, -row.total, row.name)))
