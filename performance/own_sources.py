"""The kinds of input that this app reads."""

from performance import council_counts, return_counts
from performance.return_lines import read_return_lines
from performance.sources import add_source, not_entered


def add_own_sources() -> None:
    """Make them known."""
    add_source("return", "Lines of the return", read_return_lines)
    for name in (return_counts.DUE, return_counts.ON_TIME, return_counts.ACCEPTED, return_counts.FIRST_TIME):
        add_source(name, name.capitalize(), return_counts.read_counts(name))
    add_source("entered", "Entered by hand", not_entered("Nothing has been entered for this year yet"))
    add_source("council cases", council_counts.LABEL, council_counts.read_council_counts)
