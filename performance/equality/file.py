"""What the page about equality shows, as rows of a CSV file that a spreadsheet program opens. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator

from contracts.formatting import rounded
from contracts.spreadsheet_text import neutralised
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
BYTE_ORDER_MARK = "\ufeff"


def equality_csv(characteristics: Iterable[Characteristic]) -> bytes:
    """UTF-8 with a byte order mark, without which a spreadsheet program reads it as Windows text."""
    stream = io.StringIO()
    rows = csv.writer(stream)
    rows.writerow(HEADINGS)
    for one in characteristics:
        for month in one.months:
            rows.writerows(_rows(one, month))
    return (BYTE_ORDER_MARK + stream.getvalue()).encode()


def _rows(characteristic: Characteristic, month: MonthSeen) -> Iterator[list[str]]:
    for group, seen in zip(characteristic.groups, month.counts, strict=True):
        row = (
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
        )
        yield [neutralised(text) for text in row]


def _share(seen: Seen, *, is_exact: bool) -> str:
    """With the decimals that the page writes it with."""
    return "" if seen.share is None else f"{rounded(seen.share, 1 if is_exact else 0):f}"
