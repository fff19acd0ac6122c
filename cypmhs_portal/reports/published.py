"""Published figures beside what the portal works out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import QuerySet

from contracts.arithmetic import agrees, number_in, result_of
from contracts.formatting import change, percent, plain, pounds, quantity
from contracts.formatting import number_in as figure_text
from contracts.models import Agreement, PublishedFigure, Recomputation, Unit
from cypmhs_portal.reports.published_material import Material, material_for
from performance.comparison import against_the_year_before
from performance.disputed_figures import FigureDisputes, figure_disputes
from performance.models import Figure
from performance.verdicts import Verdict


class Result(StrEnum):
    """How a published figure stands to what the portal works out."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_RECOMPUTED = "not recomputed"
    NOT_AVAILABLE = "not available"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published figure, what it recomputes to, from what, and whether the two agree."""

    published: PublishedFigure
    recomputed: Decimal | None
    shown: str
    worked_from: str
    result: Result
    figure: Figure | None = None

    @property
    def differs(self) -> bool:
        """Whether the paper and the portal say different things."""
        return self.result is Result.DIFFERS


@dataclass(frozen=True, slots=True)
class Group:
    """Published figures with one result, under a heading that says which."""

    heading: str
    comparisons: tuple[Comparison, ...]


def compare_published_figures(agreement: Agreement) -> tuple[Comparison, ...]:
    """Every published figure of `agreement` in the papers' order."""
    return compare_figures(agreement, agreement.published_figures.exclude(topic="governance"))


def differing_figures(agreement: Agreement, as_at: datetime | None = None) -> tuple[Comparison, ...]:
    """The published figures that an indicator's figure, as known at `as_at`, differs from."""
    rows = agreement.published_figures.filter(recomputation=Recomputation.FIGURE).exclude(stated_to=None)
    return tuple(comparison for comparison in compare_figures(agreement, rows, as_at) if comparison.differs)


def disputes_of(agreement: Agreement, comparisons: Iterable[Comparison]) -> FigureDisputes:
    """What stands beside the figures that published ones are compared with, as known now."""
    return figure_disputes(agreement, sorted({one.figure.month for one in comparisons if one.figure}), None)


def compare_figures(
    agreement: Agreement, rows: QuerySet[PublishedFigure], as_at: datetime | None = None
) -> tuple[Comparison, ...]:
    """Each of `rows` beside what the portal works out, in the papers' order. As many queries for one as for many.

    Figures are as known at `as_at`, None for now.
    """
    held = list(rows.select_related("indicator", "element", "area").order_by("pk"))
    material = material_for(agreement, held, as_at)
    return tuple(_compare(row, material) for row in held)


def in_groups(comparisons: Iterable[Comparison]) -> tuple[Group, ...]:
    """What differs first, then what agrees, then what the portal cannot work out; no empty group."""
    held = tuple(comparisons)
    headings = [
        ("They differ", {Result.DIFFERS}),
        ("They agree", {Result.AGREES}),
        ("Not worked out by the portal", {Result.NOT_RECOMPUTED, Result.NOT_AVAILABLE}),
    ]
    groups = (Group(words, tuple(one for one in held if one.result in results)) for words, results in headings)
    return tuple(group for group in groups if group.comparisons)


def _compare(row: PublishedFigure, material: Material) -> Comparison:
    match row.recomputation:
        case Recomputation.ARITHMETIC:
            return _from_arithmetic(row)
        case Recomputation.FUNDING:
            return _from_funding(row, material)
        case Recomputation.FIGURE:
            return _from_figure(row, material)
        case Recomputation.MEAN_BEFORE | Recomputation.CHANGE:
            return _from_comparison(row, material)
        case _:
            return Comparison(row, None, "", "", Result.NOT_RECOMPUTED)


def _from_arithmetic(row: PublishedFigure) -> Comparison:
    try:
        result = result_of(row.arithmetic)
    except ValueError as error:
        return Comparison(row, None, "", str(error), Result.NOT_RECOMPUTED)
    return Comparison(row, result, pounds(result), _sum_in_words(row.arithmetic), _result(row, result))


def _from_funding(row: PublishedFigure, material: Material) -> Comparison:
    held = material.funding_of(row)
    total = sum((line.annual_amount for line in held), Decimal(0))
    words = " + ".join(pounds(line.annual_amount) for line in held)
    return Comparison(row, total, pounds(total), f"Funding in force: {words}", _result(row, total))


def _from_figure(row: PublishedFigure, material: Material) -> Comparison:
    figure = material.figure_of(row)
    if figure is None:
        return Comparison(row, None, "not available", "", Result.NOT_AVAILABLE)
    if row.stated_to is None:
        return _status_of(row, figure)
    if figure.value is None:
        return Comparison(row, None, "not available", figure.reason, Result.NOT_AVAILABLE, figure)
    parts = figure.indicator.name
    if figure.denominator is not None:
        parts = f"{plain(figure.numerator)} ÷ {plain(figure.denominator)}"
    shown = percent(figure.value) if figure.unit == Unit.PERCENT else figure_text(figure.value, figure.unit)
    return Comparison(row, figure.value, shown, parts, _result(row, figure.value), figure)


def _status_of(row: PublishedFigure, figure: Figure) -> Comparison:
    """A published statement about a target or about reporting, held against the verdict."""
    verdict = Verdict(figure.verdict)
    meanings = {
        "met": verdict is Verdict.GREEN,
        "below model": verdict in {Verdict.AMBER, Verdict.RED},
        "not reportable": verdict is Verdict.NOT_AVAILABLE,
    }
    shown = quantity(figure.value, figure.unit) if figure.value is not None else "not available"
    result = Result.AGREES if meanings.get(row.value, False) else Result.DIFFERS
    return Comparison(row, figure.value, shown, figure.reason or f"Verdict: {verdict.value}", result, figure)


def _from_comparison(row: PublishedFigure, material: Material) -> Comparison:
    """The committee's comparison: the mean of the twelve months before, or the change against it (003 §3.2)."""
    found = against_the_year_before(material.values_of(row), row.month) if row.month else None
    if found is None or found.mean is None or found.change_percent is None:
        return Comparison(row, None, "not available", "A month of the thirteen has no value", Result.NOT_AVAILABLE)
    if row.recomputation == Recomputation.MEAN_BEFORE:
        words = f"Mean of the 12 months before {row.month:%B %Y}"
        return Comparison(row, found.mean, plain(found.mean), words, _result(row, found.mean))
    words = f"{plain(found.value)} ÷ {plain(found.mean)} − 1"
    shown = change(found.change_percent, 1)
    return Comparison(row, found.change_percent, shown, words, _result(row, found.change_percent))


def _result(row: PublishedFigure, recomputed: Decimal) -> Result:
    stated = number_in(row.value)
    if stated is None or row.stated_to is None:
        return Result.NOT_RECOMPUTED
    return Result.AGREES if agrees(stated, recomputed, row.stated_to) else Result.DIFFERS


def _sum_in_words(expression: str) -> str:
    """ "13800000+2657000" as "13,800,000 + 2,657,000"."""
    signs = {"+": "+", "-": "−", "*": "×", "/": "÷"}
    parts = re.split(r"([+\-*/])", expression)
    return " ".join(signs.get(part) or plain(Decimal(part)) for part in parts)
