"""Quoted figures as a page shows them: value, what was agreed, how far apart, and what stands against each."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from contracts.formatting import decimal_text, difference, money, month_name, plain, quantity, term
from contracts.levers.quoted import QuotedFigure, name_with_element
from contracts.models import Agreement, Unit

WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """One quoted figure, written out."""

    name: str
    url: str
    value: str
    worked_from: str
    agreed: str
    is_illustrative: bool
    apart: str
    verdict: str
    doubt: str
    why_not: str


def quoted_rows(agreement: Agreement, figures: Iterable[QuotedFigure]) -> tuple[QuotedRow, ...]:
    """The rows of `figures`, in their order, each leading to where its figure comes from."""
    return tuple(_row(agreement, figure) for figure in figures)


def _row(agreement: Agreement, figure: QuotedFigure) -> QuotedRow:
    place = [figure.indicator_code, figure.element_code or WHOLE, figure.area_code, figure.month]
    name = name_with_element(figure.indicator_name, figure.element_name)
    return QuotedRow(
        name=f"{name}, {figure.area_name}, {month_name(figure.month)}",
        url=reverse("figure", args=[agreement.reference, *place]),
        value=quantity(figure.value, figure.unit) or "Not available",
        worked_from=_worked_from(figure),
        agreed=term(figure.agreed, figure.unit) or "None",
        is_illustrative=figure.agreed_is_illustrative and figure.agreed is not None,
        apart=_apart(figure),
        verdict=figure.verdict,
        doubt=figure.doubt,
        why_not=figure.why_not_available,
    )


def _worked_from(figure: QuotedFigure) -> str:
    """Both numbers of a share: "1.9 of 5"."""
    if figure.value is None or figure.numerator is None or figure.denominator is None:
        return ""
    return f"{plain(figure.numerator)} of {plain(figure.denominator)}"


def _apart(figure: QuotedFigure) -> str:
    """How far the value is from what was agreed, with its sign; in points for a percentage."""
    if figure.value is None or figure.agreed is None:
        return ""
    apart: Decimal = figure.value - figure.agreed
    if figure.unit == Unit.PERCENT:
        return f"{difference(apart, 1)} points"
    if figure.unit == Unit.POUNDS:
        return money(apart)
    return decimal_text(apart) if figure.unit == Unit.WTE else difference(apart)
