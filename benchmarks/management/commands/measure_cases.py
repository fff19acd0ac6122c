"""Measure how a case list as long as one may be is taken in: in a process of its own, for its memory."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from benchmarks.case_lists import copy_bare, peak_megabytes, prepare_bare, take_in, write_many
from benchmarks.timing import seconds_of
from contracts.models import Agreement
from performance.case_list.limits import MAX_CASES


class Command(BaseCommand):
    """Take a list in, and copy its rows."""

    help = (
        "Measure a case list of the greatest length. Needs the agreement that `measure` leaves: run it by `make bench`."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print time and memory beside those of a bare COPY."""
        agreement = Agreement.objects.get()
        with tempfile.TemporaryDirectory(prefix="portal-bench-cases-") as folder:
            cases, rows = Path(folder) / "cases.csv", Path(folder) / "rows.txt"
            write_many(cases)
            before = peak_megabytes()
            with cases.open("rb") as stream:
                taken = seconds_of(partial(take_in, agreement, stream))
            peak = peak_megabytes()
            prepare_bare(rows)
            bare = seconds_of(partial(copy_bare, rows))
        self.stdout.write(
            f"{f'case list of {MAX_CASES:,} rows, read, checked and kept':<60} {taken:8.1f} s    "
            f"peak {peak:,.0f} MB, {peak - before:,.0f} MB more than before"
        )
        self.stdout.write(f"{'bare COPY of the same rows':<60} {bare:8.1f} s    ×{taken / bare:.1f}")
