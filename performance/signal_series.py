"""The months that a term of a contract lever looks at, and the run that it finds in them."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from contracts.agreement_months import months_of
from contracts.models import Agreement
from contracts.periods import add_months, months_between
from performance.lever_signals import MonthRead, Run, below_running, missed_running, not_reported_running
from performance.models import Figure, LeverSignalTerm, Signal
from performance.queries import figures_of, rests_on_small_counts
from performance.returns_held import ReturnsHeld
from performance.verdicts import Verdict


def figures_looked_at(agreement: Agreement, terms: Iterable[LeverSignalTerm], until: date) -> Sequence[Figure]:
    """The figures of the terms' indicators up to the month `until`, the oldest first. One query."""
    first = months_of(agreement).first_shown(until)
    of_terms = Q(indicator__in={term.indicator_id for term in terms}, month__range=(first, until))
    return list(figures_of(agreement).filter(of_terms))


def figures_of_term(term: LeverSignalTerm, held: Iterable[Figure]) -> list[Figure]:
    """The figures that a term looks at, the oldest first; none where they rest on small counts."""
    own = [
        figure
        for figure in held
        if figure.indicator_id == term.indicator_id
        and (term.element_id is None or figure.element_id == term.element_id)
        and (figure.area_id == term.area_id if term.area_id else figure.area.parent_id is None)
    ]
    is_of_one = len({figure.element_id for figure in own}) == 1
    return own if is_of_one and not any(map(rests_on_small_counts, own)) else []


def run_of(term: LeverSignalTerm, figures: Sequence[Figure], returns: ReturnsHeld) -> Run | None:
    """The run that the term's rule finds in its figures, which are not empty; None where it is not met."""
    by_month = {figure.month: figure for figure in figures}
    months = months_between(figures[0].month, add_months(figures[-1].month, 1))
    series = [_month_read(month, by_month.get(month), returns) for month in months]
    running = term.months or 1
    if term.signal == Signal.NOT_REPORTED:
        return not_reported_running(series, running)
    if term.signal == Signal.STAFF_BELOW and term.threshold is not None:
        return below_running(series, term.threshold, running)
    return missed_running(series, running)


def _month_read(month: date, figure: Figure | None, returns: ReturnsHeld) -> MonthRead:
    has_return = returns.is_accepted(month)
    if figure is None:
        return MonthRead(month, None, Verdict.NOT_AVAILABLE, has_return=has_return)
    return MonthRead(
        month,
        figure.value,
        Verdict(figure.verdict),
        figure.target,
        figure.target_is_illustrative,
        figure.numerator if figure.denominator is not None else None,
        figure.denominator,
        figure.reason,
        has_return,
    )
