"""The evidence of a notice as its page shows it: figures as they stood when they were quoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from contracts.formatting import PERCENT, month_name, plain, quantity, term
from contracts.levers.quoted import QuotedFigure, QuotedMonth, fingerprint_of, months_of_series, name_with_element
from contracts.looking import AS_AT
from contracts.looking_back import as_written
from contracts.models import Agreement, EvidenceFigure, Notice, Occasion
from contracts.periods import parse_month

ACHIEVED = "green"
WHOLE_AGREEMENT = "whole"


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

    figure: EvidenceFigure | QuotedFigure
    name: str
    value: str
    worked: str
    agreed: str
    short_by: str
    url: str
    sources: tuple[Source, ...]
    series: tuple[QuotedMonth, ...]

    @property
    def values(self) -> tuple[Decimal | None, ...]:
        """The series as its small chart draws it."""
        return tuple(one.value for one in self.series)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The figures of one occasion, all as they stood at one moment."""

    as_at: datetime
    figures: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What service would quote now. `left_out` are figures it was asked for with that are not quoted any more.

    Where none of them is, `is_as_asked`: the notice goes out with the figures as they stood when it was asked for.
    `seen` tells later whether the figures are still these.
    """

    evidence: Evidence | None
    left_out: tuple[str, ...]
    is_as_asked: bool
    seen: str


def quotes_of(notice: Notice, quoted: Sequence[QuotedFigure]) -> Quotes:
    """What service quotes, for who is asked to confirm it; `quoted` are the figures as they are known now."""
    seen = fingerprint_of(quoted)
    if not quoted:
        asked_with = evidence_of(notice)
        return Quotes(asked_with, (), asked_with is not None, seen)
    held = {_which(one) for one in quoted}
    left_out = (one for one in notice.evidence.all() if one.occasion == Occasion.ASKED and _which(one) not in held)
    names = tuple(_name(one) for one in sorted(left_out, key=lambda one: one.position))
    return Quotes(_evidence(notice.agreement, quoted), names, False, seen)


def evidence_of(notice: Notice) -> Evidence | None:
    """The figures quoted when the notice was served; before that, or where none were, those it was asked for with."""
    by_occasion: dict[str, list[EvidenceFigure]] = {}
    for figure in sorted(notice.evidence.all(), key=lambda one: one.position):
        by_occasion.setdefault(figure.occasion, []).append(figure)
    shown = by_occasion.get(Occasion.SERVED) or by_occasion.get(Occasion.ASKED)
    if not shown:
        return None
    return _evidence(notice.agreement, shown)


def _evidence(agreement: Agreement, figures: Sequence[EvidenceFigure | QuotedFigure]) -> Evidence:
    return Evidence(max(one.as_at for one in figures), tuple(_quoted(agreement, one) for one in figures))


def _which(figure: EvidenceFigure | QuotedFigure) -> tuple[object, ...]:
    return figure.indicator_code, figure.element_code, figure.area_code, figure.month


def _name(figure: EvidenceFigure | QuotedFigure) -> str:
    name = name_with_element(figure.indicator_name, figure.element_name)
    return f"{name}, {figure.area_name}, {month_name(figure.month)}"


def _quoted(agreement: Agreement, figure: EvidenceFigure | QuotedFigure) -> Quoted:
    return Quoted(
        figure=figure,
        name=_name(figure),
        value="Not available" if figure.value is None else quantity(figure.value, figure.unit),
        worked=_worked(figure),
        agreed=term(figure.agreed, figure.unit),
        short_by=_short_by(figure),
        url=_url(agreement, figure),
        sources=tuple(_source(agreement, source) for source in figure.sources),
        series=months_of_series(figure.series),
    )


def _worked(figure: EvidenceFigure | QuotedFigure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f"{plain(figure.numerator)} of {plain(figure.denominator)}"


def _short_by(figure: EvidenceFigure | QuotedFigure) -> str:
    if figure.value is None or figure.agreed is None or figure.verdict.lower().startswith(ACHIEVED):
        return ""
    short = quantity(abs(figure.agreed - figure.value), figure.unit)
    return f"{short.removesuffix('%')} points" if figure.unit == PERCENT else short


def _url(agreement: Agreement, figure: EvidenceFigure | QuotedFigure) -> str:
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


def _month_of(text: Any) -> date | None:
    """A month as evidence keeps it, "2019-08"."""
    return parse_month(str(text)[:7]) if text else None
