"""What the page about equality shows, as rows of a CSV file that a spreadsheet program opens. Pure."""

from collections.abc import Iterable, Iterator

from contracts.formatting import rounded
from contracts.spreadsheet_text import csv_file
from performance.equality.shapes import Characteristic, MonthSeen, Seen

HEADINGS = (
    "Service element",
    "Characteristic",
    "Month",
    "Group",
    "Children",
    "Share of the total (%)",
    "Total",
    "What the total is",
    "Reason",
    "Counts are",
)
EXACT, ROUNDED = "exact", "rounded to the nearest 5, small ones hidden (*)"


def equality_csv(characteristics: Iterable[Characteristic]) -> bytes:
    """A row for each group in each month."""
    rows = (row for one in characteristics for month in one.months for row in _rows(one, month))
    return csv_file([HEADINGS, *rows])


def _rows(characteristic: Characteristic, month: MonthSeen) -> Iterator[list[str]]:
    for group, seen in zip(characteristic.groups, month.counts, strict=True):
        yield [
            characteristic.element,
            characteristic.name,
            f"{month.month:%Y-%m}",
            group,
            seen.text if seen.count is None else str(seen.count),
            _share(seen, is_exact=characteristic.is_exact),
            "" if month.total is None else str(month.total),
            characteristic.total_of,
            seen.reason,
            EXACT if characteristic.is_exact else ROUNDED,
        ]


def _share(seen: Seen, *, is_exact: bool) -> str:
    """With the decimals that the page writes it with."""
    return "" if seen.share is None else f"{rounded(seen.share, 1 if is_exact else 0):f}"
