"""The evidence of a notice as its page shows it: figures as they stood when they were quoted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from contracts.formatting import month_name, plain, quantity, term
from contracts.looking import AS_AT
from contracts.looking_back import as_written
from contracts.models import Agreement, EvidenceFigure, Notice, Occasion
from contracts.periods import parse_month

ACHIEVED = "green"
WHOLE_AGREEMENT = "whole"


@dataclass(frozen=True, slots=True)
class MonthBefore:
    """One month of a figure's series; None where it had no value."""

    month: date | None
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part of a figure stood: the return's version with its page, the cell, and what it said."""

    version: str
    url: str
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """One figure in words. `short_by` is empty where what was agreed was achieved, or nothing was."""

    figure: EvidenceFigure
    name: str
    value: str
    worked: str
    agreed: str
    short_by: str
    url: str
    sources: tuple[Source, ...]
    series: tuple[MonthBefore, ...]

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        """The series as its small chart draws it."""
        return tuple(one.value for one in self.series)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of one occasion, all as they stood at one moment."""

    as_at: datetime
    figures: tuple[Quoted, ...]


def evidence_of(notice: Notice) -> Evidence | None:
    """The figures quoted when the notice was served; before that, or where none were, those it was asked for with."""
    by_occasion: dict[str, list[EvidenceFigure]] = {}
    for figure in sorted(notice.evidence.all(), key=lambda one: one.position):
        by_occasion.setdefault(figure.occasion, []).append(figure)
    shown = by_occasion.get(Occasion.SERVED) or by_occasion.get(Occasion.ASKED)
    if not shown:
        return None
    return Evidence(max(one.as_at for one in shown), tuple(_quoted(notice.agreement, one) for one in shown))


def _quoted(agreement: Agreement, figure: EvidenceFigure) -> Quoted:
    return Quoted(
        figure=figure,
        name=f"{figure.indicator_name}, {figure.area_name}, {month_name(figure.month)}",
        value="Not available" if figure.value is None else quantity(figure.value, figure.unit),
        worked=_worked(figure),
        agreed=term(figure.agreed, figure.unit),
        short_by=_short_by(figure),
        url=_url(agreement, figure),
        sources=tuple(_source(agreement, source) for source in figure.sources),
        series=tuple(_month(one) for one in figure.series),
    )


def _worked(figure: EvidenceFigure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f"{plain(figure.numerator)} of {plain(figure.denominator)}"


def _short_by(figure: EvidenceFigure) -> str:
    if figure.value is None or figure.agreed is None or figure.verdict.lower().startswith(ACHIEVED):
        return ""
    return quantity(abs(figure.agreed - figure.value), figure.unit)


def _url(agreement: Agreement, figure: EvidenceFigure) -> str:
    element = figure.element_code or WHOLE_AGREEMENT
    names = [agreement.reference, figure.indicator_code, element, figure.area_code, figure.month]
    return f"{reverse('figure', args=names)}?{AS_AT}={quote(as_written(figure.as_at))}"


def _source(agreement: Agreement, source: Mapping[str, Any]) -> Source:
    month, number = _month_of(source.get("month")), source.get("version")
    is_return = month is not None and number is not None
    return Source(
        version=f"{month_name(month)} return, version {number}" if is_return else month_name(month),
        url=reverse("version_detail", args=[agreement.reference, month, number]) if is_return else "",
        where=", ".join(str(source[name]) for name in ("sheet", "cell") if source.get(name)),
        says=", ".join(str(source[name]) for name in ("label", "value") if source.get(name) not in (None, "")),
    )


def _month(one: Mapping[str, Any]) -> MonthBefore:
    value = one.get("value")
    return MonthBefore(_month_of(one.get("month")), None if value is None else Decimal(str(value)))


def _month_of(text: Any) -> date | None:
    """A month as evidence keeps it, "2019-08"."""
    return parse_month(str(text)[:7]) if text else None
