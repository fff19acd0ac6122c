"""Rows of definitions and terms as the pure formula that `indicators.work_out` takes."""

from datetime import date
from typing import Protocol

from contracts.models import Unit
from contracts.periods import is_in_force
from performance.indicators import Aggregation, Formula, FormulaTerm, Part
from performance.models import Definition, Term


class Dated(Protocol):
    """A row that holds from a day until a day."""

    in_force_from: date
    in_force_until: date | None


def in_force(row: Dated, day: date) -> bool:
    """Whether `row` is in force on `day`: half-open, and open-ended without an end."""
    return is_in_force(day, row.in_force_from, row.in_force_until)


def formula_of(definition: Definition) -> Formula:
    """The formula that a definition's rows state."""
    terms = sorted(definition.terms.all(), key=lambda term: term.pk)
    return Formula(
        aggregation=Aggregation(definition.aggregation),
        numerator=tuple(_term(t) for t in terms if t.part == Part.NUMERATOR),
        denominator=tuple(_term(t) for t in terms if t.part == Part.DENOMINATOR),
        is_percentage=definition.indicator.unit == Unit.PERCENT,
    )


def _term(term: Term) -> FormulaTerm:
    return FormulaTerm(
        source=term.source,
        sheet=term.sheet,
        element=term.element.code if term.element else None,
        pathway=term.pathway.code if term.pathway else None,
        label=term.label,
        is_own_element=term.is_own_element,
        is_subtracted=term.is_subtracted,
    )
