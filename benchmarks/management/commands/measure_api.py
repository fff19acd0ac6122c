"""Measure how long figures take that are read through the API."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from benchmarks.figure_reads import read, reader_of
from benchmarks.timing import spread_of
from contracts.models import Agreement

AUGUST = date(2019, 8, 1)
TIMES = 200


class Command(BaseCommand):
    """Read a month, and all there are a page at a time."""

    help = "Measure reads of figures over the API. Needs the agreement that `measure` leaves: run it by `make bench`."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the p50 and p95 of each kind of read."""
        agreement = Agreement.objects.get()
        reader, figures = reader_of(agreement), f"/api/v1/agreements/{agreement.reference}/figures"
        kinds = {
            "figures of a month over the API": f"{figures}?month={AUGUST:%Y-%m}",
            "figures of a month over the API, as known earlier": f"{figures}?month={AUGUST:%Y-%m}&as_at=2019-10-01",
            "a page of 100 figures over the API": f"{figures}?limit=100",
            "a page of 1,000 figures over the API": f"{figures}?limit=1000",
        }
        for name, path in kinds.items():
            reading = read(reader, path)
            reading()
            spread = spread_of(reading, TIMES)
            self.stdout.write(f"{name:<60} p50 {spread.p50 * 1000:7.1f} ms   p95 {spread.p95 * 1000:7.1f} ms")
