"""Measure the portal in an empty database and print what was seen, beside what is aimed at."""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from benchmarks.histories import FIRST_MONTH, History
from benchmarks.many_findings import measured
from benchmarks.timing import Spread, seconds_of, side_by_side, spread_of
from benchmarks.visits import Visitor
from contracts.formatting import count_of, whole
from contracts.models import Role
from contracts.periods import add_months
from performance.recompute import recompute
from performance.spc import Direction, SpcOptions, xmr

LENGTHS = (1, 17, 60)
# The length at which the pages and the recompute are timed: the demo's.
DEMO = 17
VISITS, COLD_VISITS, RUNS = 300, 40, 15
AIM_QUERIES, AIM_RATIO = 12, 3
SPC_POINTS = 60


class Command(BaseCommand):
    """Take in month after month, and measure at each of the lengths."""

    help = "Measure pages, imports, recomputes and charts. Needs an empty database: run it by `make bench`."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each measurement."""
        history = History()
        history.last_as_long_as(max(LENGTHS))
        visitor = Visitor(history.people[Role.COUNCIL_COMMISSIONER], history.agreement)
        for length in LENGTHS:
            imports, works = self.grow(history, length)
            if length == DEMO:
                self.line("import of one return, to acceptance", imports)
                self.line("its figures and those that look back on it", works)
                self.time_pages(visitor)
                self.time_recomputes(history)
            self.count_queries(visitor, length)
        self.line(f"spc of {SPC_POINTS} points", spread_of(chart_of_many, RUNS))
        for one in measured(history.agreement):
            self.stdout.write(
                f"{one.what:<42} {whole(one.findings):>7} findings {one.seconds:>6.1f} s, {one.megabytes:.0f} MB"
            )

    def grow(self, history: History, length: int) -> tuple[Spread, Spread]:
        """Take returns in until there are `length`; how long each took, and then its figures."""
        imports, works = [], []
        while len(history.months) < length:
            imports.append(seconds_of(history.take_in_next))
            history.live_on()
            works.append(seconds_of(history.work_off))
        return Spread(tuple(imports)), Spread(tuple(works))

    def count_queries(self, visitor: Visitor, length: int) -> None:
        """Queries of the overview, kept by no process and kept."""
        cold = visitor.queries(visitor.open_cold, "overview")
        warm = visitor.queries(visitor.open, "overview")
        self.stdout.write(
            f"overview after {count_of(length, 'month'):<44} {cold:>3} queries cold, {warm} warm (aim ≤ {AIM_QUERIES})"
        )

    def time_pages(self, visitor: Visitor) -> None:
        """The overview beside a page with nothing on it."""
        for name in ("empty", "overview"):
            visitor.open(name)
        empty, overview = side_by_side(partial(visitor.open, "empty"), partial(visitor.open, "overview"), VISITS)
        self.line("empty signed-in page", empty)
        self.line("overview, warm", overview)
        self.stdout.write(
            f"{'overview against the empty page':<60} p50 ×{overview.p50 / empty.p50:.2f}, "
            f"p95 ×{overview.p95 / empty.p95:.2f} (aim ≤ {AIM_RATIO})"
        )
        self.line("overview, cold", spread_of(partial(visitor.open_cold, "overview"), COLD_VISITS))

    def time_recomputes(self, history: History) -> None:
        """Working out what comes out the same, for one month and for all."""
        for months in (history.months[-1:], history.months):
            work = partial(recompute, history.agreement, months, at=timezone.now())
            self.line(f"recompute of {count_of(len(months), 'month')}, nothing changed", spread_of(work, RUNS))

    def line(self, what: str, spread: Spread) -> None:
        """One measurement in milliseconds."""
        self.stdout.write(f"{what:<60} p50 {spread.p50 * 1000:8.2f} ms   p95 {spread.p95 * 1000:8.2f} ms")


def chart_of_many() -> None:
    """An XmR chart of a series that wanders around its mean."""
    dates: list[date] = [add_months(FIRST_MONTH, number) for number in range(SPC_POINTS)]
    values = [Decimal(100 + number * 37 % 23) for number in range(SPC_POINTS)]
    xmr(dates, values, SpcOptions(direction=Direction.INCREASE, target=Decimal(110)))
