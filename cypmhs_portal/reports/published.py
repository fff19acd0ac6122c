"""Published figures beside what the portal works out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from contracts.formatting import change, number_in, percent, plain, pounds, quantity
from contracts.models import Agreement, Area, PublishedFigure, Recomputation, Unit
from contracts.periods import month_end
from cypmhs_portal.reports.arithmetic import agrees, result_of
from funding.models import FundingLine
from performance.comparison import against_the_year_before
from performance.definitions import in_force
from performance.models import Figure
from performance.series import series_of
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


def compare_published_figures(agreement: Agreement) -> tuple[Comparison, ...]:
    """Every published figure of `agreement` in the papers' order."""
    return compare_figures(agreement, agreement.published_figures.exclude(topic="governance"))


def compare_figures(agreement: Agreement, rows: QuerySet[PublishedFigure]) -> tuple[Comparison, ...]:
    """Each of `rows` beside what the portal works out, in the papers' order."""
    whole = agreement.areas.get(parent=None)
    named = rows.select_related("indicator", "element", "area").order_by("pk")
    return tuple(_compare(agreement, whole, row) for row in named)


@dataclass(frozen=True, slots=True)
class Group:
    """Published figures with one result, under a heading that says which."""

    heading: str
    comparisons: tuple[Comparison, ...]


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


def differing_figures(agreement: Agreement) -> tuple[Comparison, ...]:
    """The published figures that an indicator's figure differs from, in one query."""
    rows = _with_value(agreement.published_figures.filter(recomputation=Recomputation.FIGURE))
    found = (_judged(row, *(vars(row)[name] for name in ("recomputed", "numerator", "denominator"))) for row in rows)
    return tuple(comparison for comparison in found if comparison.differs)


def _compare(agreement: Agreement, whole: Area, row: PublishedFigure) -> Comparison:
    match row.recomputation:
        case Recomputation.ARITHMETIC:
            return _from_arithmetic(row)
        case Recomputation.FUNDING:
            return _from_funding(agreement, row)
        case Recomputation.FIGURE:
            return _from_figure(agreement, whole, row)
        case Recomputation.MEAN_BEFORE | Recomputation.CHANGE:
            return _from_comparison(agreement, whole, row)
        case _:
            return Comparison(row, None, "", "", Result.NOT_RECOMPUTED)


def _from_arithmetic(row: PublishedFigure) -> Comparison:
    result = result_of(row.arithmetic)
    return Comparison(row, result, pounds(result), _sum_in_words(row.arithmetic), _result(row, result))


def _from_funding(agreement: Agreement, row: PublishedFigure) -> Comparison:
    day = month_end(row.month) if row.month else agreement.starts_on
    lines = FundingLine.objects.filter(agreement=agreement, element__isnull=False).select_related("element")
    held = [line for line in lines if in_force(line, day) and row.element_id in (None, line.element_id)]
    total = sum((line.annual_amount for line in held), Decimal(0))
    words = " + ".join(pounds(line.annual_amount) for line in held)
    return Comparison(row, total, pounds(total), f"Funding in force: {words}", _result(row, total))


def _from_figure(agreement: Agreement, whole: Area, row: PublishedFigure) -> Comparison:
    if row.month is None:  # refused by the database
        return Comparison(row, None, "", "", Result.NOT_AVAILABLE)
    figure = (
        Figure.objects.filter(
            agreement=agreement,
            indicator=row.indicator,
            area=row.area or whole,
            month=row.month,
            known_until__isnull=True,
            **({"element": row.element} if row.element else {}),
        )
        .select_related("indicator", "element", "area")
        .first()
    )
    if figure is None:
        return Comparison(row, None, "", "", Result.NOT_AVAILABLE)
    if row.stated_to is None:
        return _status_of(row, figure)
    found = _judged(row, figure.value, figure.numerator, figure.denominator)
    return Comparison(row, found.recomputed, found.shown, found.worked_from, found.result, figure)


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


def _from_comparison(agreement: Agreement, whole: Area, row: PublishedFigure) -> Comparison:
    """The committee's comparison: the mean of the twelve months before, or the change against it (003 §3.2)."""
    if row.indicator is None or row.month is None:  # refused by the database
        return Comparison(row, None, "", "", Result.NOT_AVAILABLE)
    area = row.area or whole
    series = series_of(agreement, row.indicator, area.pk, row.indicator.element_id, row.month)
    found = against_the_year_before(series.by_month, row.month)
    if found is None or found.mean is None or found.change_percent is None:
        return Comparison(row, None, "", "A month of the thirteen has no value", Result.NOT_AVAILABLE)
    if row.recomputation == Recomputation.MEAN_BEFORE:
        words = f"Mean of the 12 months before {row.month:%B %Y}"
        return Comparison(row, found.mean, plain(found.mean), words, _result(row, found.mean))
    words = f"{plain(found.value)} ÷ {plain(found.mean)} − 1"
    return Comparison(
        row, found.change_percent, change(found.change_percent, 1), words, _result(row, found.change_percent)
    )


def _judged(
    row: PublishedFigure, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Comparison:
    if value is None or row.indicator is None:
        return Comparison(row, None, "not available", "", Result.NOT_AVAILABLE)
    unit = row.indicator.unit
    shown = percent(value) if unit == Unit.PERCENT else number_in(value, unit)
    parts = f"{plain(numerator)} ÷ {plain(denominator)}" if denominator is not None else row.indicator.name
    return Comparison(row, value, shown, parts, _result(row, value))


def _result(row: PublishedFigure, recomputed: Decimal) -> Result:
    if row.stated_to is None:
        return Result.NOT_RECOMPUTED
    return Result.AGREES if agrees(Decimal(row.value), recomputed, row.stated_to) else Result.DIFFERS


def _with_value(rows: QuerySet[PublishedFigure]) -> Iterable[PublishedFigure]:
    """The rows with the current figure's value, numerator and denominator beside them."""
    current = Figure.objects.filter(
        indicator=OuterRef("indicator"), month=OuterRef("month"), area__parent=None, known_until__isnull=True
    ).filter(element=Coalesce(OuterRef("element"), F("element")))
    return (
        rows.exclude(stated_to=None)
        .select_related("indicator", "element")
        .annotate(
            recomputed=Subquery(current.values("value")[:1]),
            numerator=Subquery(current.values("numerator")[:1]),
            denominator=Subquery(current.values("denominator")[:1]),
        )
        .order_by("pk")
    )


def _sum_in_words(expression: str) -> str:
    """ "13800000+2657000" as "13,800,000 + 2,657,000"."""
    signs = {"+": "+", "-": "−", "*": "×", "/": "÷"}
    parts = re.split(r"([+\-*/])", expression)
    return " ".join(signs.get(part) or plain(Decimal(part)) for part in parts)
