"""The months of a quoted figure as a letter shows them: a chart and, below it, the same numbers as a table."""

from collections.abc import Iterator

from contracts.formatting import month_name, quantity, term
from contracts.levers.quoted import QuotedMonth, months_of_series
from contracts.models import EvidenceFigure
from contracts.papers.line_chart import ChartMonth, line_chart
from contracts.papers.paper import Block, Figure, Heading, Table
from contracts.series_words import line_in_words

HEADINGS = ("Month", "Value", "Target")
NUMBERS = frozenset({1, 2})


def month_by_month(figure: EvidenceFigure) -> Iterator[Block]:
    """The series that the evidence kept with the figure; nothing where it kept none."""
    months = months_of_series(figure.series)
    if not months:
        return
    name = f"{figure.indicator_name}, {figure.area_name}"
    yield Heading(f"{name}, month by month", level=3)
    words = line_in_words([one.value for one in months], figure.agreed, figure.unit)
    if words:
        picture = line_chart([ChartMonth(one.month, one.value, one.agreed) for one in months], figure.unit)
        yield Figure(picture, f"{name}. {words}", _caption(figure, months))
    yield Table(f"{name}: its months in numbers", HEADINGS, tuple(_row(one, figure.unit) for one in months), NUMBERS)


def _caption(figure: EvidenceFigure, months: tuple[QuotedMonth, ...]) -> str:
    """What the line and the dashes are: "In children. The dashes are the target."."""
    dashes = " The dashes are the target." if any(one.agreed is not None for one in months) else ""
    return f"In {figure.unit}.{dashes}"


def _row(one: QuotedMonth, unit: str) -> tuple[str, ...]:
    value = "Not available" if one.value is None else quantity(one.value, unit)
    return month_name(one.month), value, term(one.agreed, unit) or "None"
