"""The cases of a kept list: how many were open, and the list as a file."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q

from contracts.formatting import count_of, whole
from contracts.periods import add_months
from performance.case_list.written import written
from performance.models import CaseList
from performance.return_files import CSV, name_of

ROWS_AT_ONCE = 2_000
IN_A_FILE = ("reference", "pathway__name", "area__name", "referral_route", "opened_on", "closed_on")


def in_words(kept: CaseList, month: date) -> str:
    """How many cases of a list were open at the month's end: "191 open cases (108 East Kent, 83 West Kent)"."""
    after = add_months(month, 1)
    is_open = Q(opened_on__lt=after) & (Q(closed_on=None) | Q(closed_on__gte=after))
    counts = kept.listed.filter(is_open).values_list("area__name").annotate(Count("pk")).order_by("area__position")
    by_area = list(counts)
    total = count_of(sum(count for _, count in by_area), "open case")
    parts = ", ".join(f"{whole(count)} {area}" for area, count in by_area)
    return f"{total} ({parts})" if parts else total


def file_of(kept: CaseList) -> Iterator[bytes]:
    """The list as CSV, in the order it came in; closed cases are in it too."""
    return written(kept.listed.order_by("pk").values_list(*IN_A_FILE).iterator(chunk_size=ROWS_AT_ONCE))


def name_of_list(provider: str, month: date, number: int) -> str:
    """The portal’s own name for a list: "nelft-case-list-2019-08-version-1.csv"."""
    return name_of(provider, month, number, CSV).replace("-return-", "-case-list-")
