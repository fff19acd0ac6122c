"""Measure how a batch of the council's cases is taken in, beside the same rows merged bare."""

from functools import partial
from typing import Any

from django.core.management.base import BaseCommand

from benchmarks.council_batches import CouncilSystem, merge_bare
from benchmarks.timing import Spread, seconds_of
from contracts.formatting import whole
from contracts.models import Agreement
from performance.council_sync.limits import MAX_CASES

TURNS = 7


class Command(BaseCommand):
    """Send batches, and merge their rows bare, in turn."""

    help = "Measure the council's sync. Needs the agreement that `measure` leaves: run it by `make bench`."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print cases a second of new, newer and unchanged cases, and the ratio to a bare merge of the new ones."""
        system = CouncilSystem(Agreement.objects.get())
        system.send(system.batch(0))
        sent, merged, newer, again = [], [], [], []
        for turn in range(1, TURNS + 1):
            body = system.batch(turn)
            sent.append(seconds_of(partial(system.send, body)))
            merged.append(seconds_of(partial(merge_bare, system.copied(turn))))
            newer.append(seconds_of(partial(system.send, system.batch(turn, second=1))))
            again.append(seconds_of(partial(system.send, system.batch(turn, second=1))))
        self.line(f"batch of {whole(MAX_CASES)} new cases, the whole request in-process", sent)
        self.line("the same rows: COPY into a temporary table and merge", merged)
        self.line("batch of as many newer cases", newer)
        self.line("batch of as many unchanged cases", again)
        ratio = Spread(tuple(merged)).p50 / Spread(tuple(sent)).p50
        self.stdout.write(f"{'cases a second against the bare merge':<60} ×{ratio:.2f} (aim ≥ 0.33)")

    def line(self, what: str, seconds: list[float]) -> None:
        """One measurement, by its median."""
        half = Spread(tuple(seconds)).p50
        self.stdout.write(f"{what:<60} {half * 1000:8.1f} ms   {MAX_CASES / half:10,.0f} cases a second")
