"""The committee's comparisons as they were reported: each month against the mean of the twelve before it."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.models import Agreement, Indicator, PublishedFigure, Recomputation, ServiceElement
from cypmhs_portal.reports.published import Comparison, Result, compare_figures


@dataclass(frozen=True, slots=True)
class ReportedComparison:
    """One measure as a paper compared it: its mean, its month and its change, each beside what we work out."""

    indicator: Indicator
    month: date
    source: str
    mean: Comparison | None
    value: Comparison | None
    change: Comparison

    @property
    def is_available(self) -> bool:
        """Whether the paper's change can be worked out again at all."""
        return self.change.result is not Result.NOT_AVAILABLE

    @property
    def agrees(self) -> bool:
        """Whether all of the paper's figures agree with the returns."""
        held = [one for one in (self.mean, self.value, self.change) if one is not None]
        return all(one.result is Result.AGREES for one in held)


def reported_comparisons(
    agreement: Agreement, element: ServiceElement, until: date, as_at: datetime | None = None
) -> tuple[ReportedComparison, ...]:
    """The comparisons that papers published of an element's measures, for months up to `until` (003 §3.2).

    Each stands beside the figures as known at `as_at`, None for now.
    """
    rows = agreement.published_figures.filter(
        indicator__element=element,
        month__lte=until,
        recomputation__in=[Recomputation.MEAN_BEFORE, Recomputation.FIGURE, Recomputation.CHANGE],
    )
    compared = compare_figures(agreement, rows, as_at)
    changes = [one for one in compared if one.published.recomputation == Recomputation.CHANGE]
    return tuple(_reported(change, compared) for change in changes)


def _reported(change: Comparison, compared: tuple[Comparison, ...]) -> ReportedComparison:
    published = change.published
    same = {one.published.recomputation: one for one in compared if _is_of_the_same(one.published, published)}
    assert published.indicator is not None  # refused by the database
    assert published.month is not None
    return ReportedComparison(
        indicator=published.indicator,
        month=published.month,
        source=published.source,
        mean=same.get(Recomputation.MEAN_BEFORE),
        value=same.get(Recomputation.FIGURE),
        change=change,
    )


def _is_of_the_same(one: PublishedFigure, other: PublishedFigure) -> bool:
    return (one.indicator_id, one.month) == (other.indicator_id, other.month)
