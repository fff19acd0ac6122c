"""Which terms of contract levers are met on a day, with what was found: rows turned into what the rules read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.calendar import calendar_for
from contracts.models import Agreement, ServiceElement
from contracts.periods import is_in_force
from performance.disputed_figures import FigureDisputes, figure_disputes
from performance.lever_signals import Run, late_by
from performance.lever_terms import TermRead, term_in_words
from performance.lever_words import (
    Measured,
    doubts_of,
    late_in_words,
    missed_in_words,
    not_reported_in_words,
    staff_in_words,
    subject_of_late,
)
from performance.models import Figure, LeverSignalTerm, Signal
from performance.quoting import FigureKey, key_of
from performance.returns_held import HeldReturn, ReturnsHeld, returns_held
from performance.signal_series import figures_looked_at, figures_of_term, run_of


@dataclass(frozen=True, slots=True)
class MetSignal:
    """A term that is met: what it is about, what was found, what stands against it, and its figures."""

    term: LeverSignalTerm
    subject: str
    found: str
    doubts: tuple[str, ...]
    month: date
    figures: tuple[FigureKey, ...] = ()

    @property
    def element(self) -> ServiceElement | None:
        """The element that a notice about it is of; None for the whole service."""
        return element_of(self.term)


@dataclass(frozen=True, slots=True)
class SignalTerm:
    """A term in force, and what it says."""

    term: LeverSignalTerm
    words: str


@dataclass(frozen=True, slots=True)
class SignalsRead:
    """The terms in force on a day, and what of them is met."""

    terms: tuple[SignalTerm, ...]
    met: tuple[MetSignal, ...]


def element_of(term: LeverSignalTerm) -> ServiceElement | None:
    """The element that a term is about: its own, or its indicator's."""
    return term.element or (term.indicator.element if term.indicator else None)


def signals_read(agreement: Agreement, on: date, returns: ReturnsHeld | None = None) -> SignalsRead:
    """The terms of `agreement` in force on the day `on`, and those met, by the figures known now.

    Indicators are read up to the last month whose return is accepted. Four queries where something is met, one less
    for who holds the `returns` already, and up to six more where caseloads are disputed.
    """
    terms = [one for one in _terms(agreement) if is_in_force(on, one.in_force_from, one.in_force_until)]
    if not terms:
        return SignalsRead((), ())
    held = returns or returns_held(agreement)
    return SignalsRead(
        tuple(SignalTerm(one, term_in_words(_read_term(one))) for one in terms),
        (*_met_by_figures(agreement, terms, held), *_met_by_returns(terms, held, on)),
    )


def _terms(agreement: Agreement) -> Iterable[LeverSignalTerm]:
    return agreement.lever_signal_terms.select_related(
        "kind", "indicator__element", "element", "area", "agreement"
    ).order_by("kind__position", "indicator__position", "pk")


def _read_term(term: LeverSignalTerm) -> TermRead:
    measured = _measured(term) if term.indicator else None
    return TermRead(term.signal, measured, term.months, term.days, term.threshold)


def _measured(term: LeverSignalTerm) -> Measured:
    assert term.indicator is not None  # the database sees to it for signals of figures
    name = f"{term.indicator.name}, {term.element.short_name}" if term.element else term.indicator.name
    return Measured(name, term.indicator.unit, term.area.name if term.area else "")


def _met_by_figures(
    agreement: Agreement, terms: Iterable[LeverSignalTerm], returns: ReturnsHeld
) -> Iterator[MetSignal]:
    last = returns.last_accepted
    of_figures = [term for term in terms if term.indicator_id]
    if last is None or not of_figures:
        return
    held = figures_looked_at(agreement, of_figures, last.month)
    own = [(term, figures_of_term(term, held)) for term in of_figures]
    runs = [(term, figures, run_of(term, figures, returns)) for term, figures in own if figures]
    found = [(term, _at(figures, run), run) for term, figures, run in runs if run]
    disputes = figure_disputes(agreement, sorted({run.latest.month for _, _, run in found}), None) if found else None
    for term, figure, run in found:
        yield _met(term, figure, run, disputes)


def _at(figures: Sequence[Figure], run: Run) -> Figure:
    """The figure of the last month that counts, or for a month without one the nearest before it."""
    return next(figure for figure in reversed(figures) if figure.month <= run.latest.month)


def _met(term: LeverSignalTerm, figure: Figure, run: Run, disputes: FigureDisputes | None) -> MetSignal:
    measured = _measured(term)
    shown = key_of(figure)
    key = FigureKey(shown.indicator, shown.element, shown.area, run.latest.month)
    doubts = _doubts(figure, disputes)
    if term.signal == Signal.NOT_REPORTED:
        return MetSignal(term, f"{measured.full_name} not reported", not_reported_in_words(run), (), key.month, (key,))
    if term.signal == Signal.STAFF_BELOW and term.threshold is not None:
        found = staff_in_words(run, measured, term.threshold)
        return MetSignal(term, measured.full_name, found, doubts, key.month, (key,))
    found = missed_in_words(run, measured)
    return MetSignal(term, measured.full_name, found, (*doubts_of(run), *doubts), key.month, (key,))


def _doubts(figure: Figure, disputes: FigureDisputes | None) -> tuple[str, ...]:
    """That the figure is disputed, or that both sides signed another in its place: the run counts the return's."""
    disputed = disputes.of(figure) if disputes else None
    if disputes is None or disputed is None:
        return ()
    return (disputes.signed_in_words(disputed.agreed) if disputed.agreed else "That figure is disputed.",)


def _met_by_returns(terms: Iterable[LeverSignalTerm], returns: ReturnsHeld, on: date) -> Iterator[MetSignal]:
    late = returns.outstanding(on)
    of_returns = [term for term in terms if term.signal == Signal.RETURN_LATE and term.days]
    if not late or not of_returns:
        return
    calendar = calendar_for(late[0].due_on.year, on.year)
    for term in of_returns:
        for one in late:
            days = late_by(one.due_on, on, term.days or 1, calendar)
            if days is not None:
                yield _late(term, one, days)


def _late(term: LeverSignalTerm, one: HeldReturn, days: int) -> MetSignal:
    return MetSignal(term, subject_of_late(one.month), late_in_words(one.due_on, days, one.sent_back), (), one.month)
