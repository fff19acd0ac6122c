"""Rows of figures, as pages, commands and files read them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from contracts.formatting import decimal_text, number_in, plain
from contracts.models import Agreement, Unit
from performance.as_known import figures_known
from performance.form import Sheet
from performance.models import Figure, RecomputeNeed, State, Version

NOT_AVAILABLE = "not available"


def figures_of(agreement: Agreement, as_at: datetime | None = None) -> QuerySet[Figure]:
    """The figures as known at a moment, or now, in the agreement's order, with what a row of them names."""
    return (
        Figure.objects.filter(figures_known(as_at), agreement=agreement)
        .select_related("indicator", "element", "area")
        .order_by("month", "indicator__position", "indicator_id", "element__position", "area__position")
    )


def rests_on_small_counts(figure: Figure) -> bool:
    """Whether an input stands on the Equality sheet, whose small counts not everybody may see."""
    return any(source.get("sheet") == Sheet.EQUALITY for source in figure.sources)


def shown(figure: Figure) -> str:
    """The number as a page shows it, rounded half up and without its unit; never a number where there is none."""
    if figure.value is None:
        return NOT_AVAILABLE
    if figure.unit == Unit.PERCENT:
        return decimal_text(figure.value)
    return number_in(figure.value, figure.unit).replace("£", "")


def exact_text(value: Decimal | None) -> str | None:
    """The stored value without rounding, as machines read it: "191", "1.3857650729159109"."""
    return None if value is None else plain(value).replace("−", "-").replace(",", "")


@dataclass(frozen=True, slots=True)
class Waiting:
    """The months of an agreement whose figures wait to be worked out again."""

    ranges: tuple[tuple[date, date], ...]

    def concerns(self, month: date) -> bool:
        """Whether figures of `month` may still change."""
        return any(first <= month < until for first, until in self.ranges)


def waiting_recomputes(agreement: Agreement, as_at: datetime | None = None) -> Waiting:
    """What of the agreement's figures is not worked out yet; what was known at an earlier moment no longer changes."""
    if as_at is not None:
        return Waiting(())
    needs = RecomputeNeed.objects.filter(agreement=agreement, done_at__isnull=True)
    return Waiting(tuple(needs.values_list("from_month", "until_month")))


def as_record(figure: Figure, waiting: Waiting) -> dict[str, Any]:
    """One figure as commands and files give it: numbers as decimal strings, with the cells they came from."""
    return {
        "indicator": figure.indicator.code,
        "element": figure.element.code if figure.element else None,
        "area": figure.area.code,
        "month": f"{figure.month:%Y-%m}",
        "value": exact_text(figure.value),
        "numerator": exact_text(figure.numerator),
        "denominator": exact_text(figure.denominator),
        "unit": figure.unit,
        "target": exact_text(figure.target),
        "floor": exact_text(figure.floor),
        "verdict": figure.verdict,
        "reason": figure.reason,
        "shown": shown(figure),
        "sources": [_source(source) for source in figure.sources],
        "waits_for_recompute": waiting.concerns(figure.month),
    }


def last_accepted(agreement: Agreement) -> Version | None:
    """The accepted version of the latest month that has one."""
    return (
        Version.objects.filter(of_return__agreement=agreement, state=State.ACCEPTED)
        .select_related("of_return")
        .order_by("-of_return__month")
        .first()
    )


def _source(source: dict[str, Any]) -> dict[str, Any]:
    return {name: source.get(name) for name in ("version", "month", "sheet", "cell", "label", "value")}
