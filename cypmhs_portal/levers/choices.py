"""Which figures may be quoted when a notice is asked for: the headlines of the elements, and the whole service's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from contracts.models import Agreement, Purpose
from performance.models import Figure
from performance.queries import figures_of, rests_on_small_counts
from performance.quoting import FigureKey, key_of

SHOWN = (Purpose.HEADLINE, Purpose.STAFF, Purpose.UNSPENT)
THE_WHOLE = "The whole service"


@dataclass(frozen=True, slots=True)
class OfferedFigure:
    """A figure that may be ticked: its code in the form, its name, and what it is grouped under."""

    code: str
    name: str
    group: str


def code_of(key: FigureKey) -> str:
    """What a figure is called in a form: "early-help-caseload/ehu/kent"; the month is chosen apart."""
    return "/".join((key.indicator, key.element, key.area))


def key_from(code: str, month: date) -> FigureKey:
    """The figure of `month` that a form calls `code`, which is one of those offered."""
    indicator, element, area = code.split("/")
    return FigureKey(indicator, element, area, month)


def offered_figures(agreement: Agreement, months: Iterable[date], also: Sequence[FigureKey]) -> list[OfferedFigure]:
    """What may be quoted of `months`, grouped by element; `also` are figures offered whatever they are. One query."""
    named = Q(area__parent=None) & (Q(indicator__purpose__in=SHOWN) | Q(element=None))
    for key in also:
        element = Q(element__code=key.element) if key.element else Q(element=None)
        named |= element & Q(indicator__code=key.indicator, area__code=key.area)
    figures = figures_of(agreement).filter(named, month__in=list(months))
    ordered = figures.order_by("element__position", "indicator__position", "indicator_id", "area__position")
    offered = {code_of(key_of(figure)): _offered(figure) for figure in ordered if not rests_on_small_counts(figure)}
    return list(offered.values())


def _offered(figure: Figure) -> OfferedFigure:
    area = f", {figure.area.name}" if figure.area.parent_id else ""
    group = figure.element.name if figure.element else THE_WHOLE
    return OfferedFigure(code_of(key_of(figure)), f"{figure.indicator.name}{area}", group)
