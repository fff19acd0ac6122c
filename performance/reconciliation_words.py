"""A reconciled month in words and as machines read it: counts only, no reference of a case."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from contracts.formatting import count_of, difference, month_name, whole
from performance.month_reconciled import MonthReconciled
from performance.reconciliation import CaseloadCounts

HEADINGS = {
    "provider": "Provider",
    "council": "Council",
    "difference": "Difference",
    "matched": "Matched",
    "provider_only": "Provider only",
    "council_only": "Council only",
    "opened_differs": "Opened",
    "route_differs": "Route",
    "area_differs": "Area",
}


def as_record(worked: MonthReconciled, resolved: int) -> dict[str, Any]:
    """The month as a record: the whole first, then each area; None where a side is not known, with the reason.

    `resolved` is how many of its differences are resolved by what both sides signed.
    """
    unresolved = None if worked.reason else len(worked.differences) - resolved
    return {
        "agreement": worked.agreement.reference,
        "month": f"{worked.month:%Y-%m}",
        **counts_as_record(worked.whole),
        "resolved": None if worked.reason else resolved,
        "unresolved": unresolved,
        "disputed": bool(unresolved),
        "reason": worked.reason,
        "areas": [
            {"area": one.area.code, **counts_as_record(one.counts)} for one in worked.areas if one.area.parent_id
        ],
    }


def counts_as_record(counts: CaseloadCounts) -> dict[str, int | None]:
    """The counts by name, with the difference between the two sides."""
    return {**asdict(counts), "difference": counts.difference}


def as_table(worked: MonthReconciled, resolved: int) -> Iterator[str]:
    """The month as lines for the console: a sentence, then a row for the whole and for each area."""
    yield _sentence(worked, resolved)
    yield ""
    width = max([len("Whole"), *(len(one.area.name) for one in worked.areas)])
    yield "  ".join(["".ljust(width), *HEADINGS.values()]).rstrip()
    for one in worked.areas:
        record = counts_as_record(one.counts)
        cells = [_cell(name, record[name]).rjust(len(heading)) for name, heading in HEADINGS.items()]
        yield "  ".join([one.area.name.ljust(width), *cells])


def _sentence(worked: MonthReconciled, resolved: int) -> str:
    if worked.reason:
        return f"{month_name(worked.month)} cannot be reconciled. {worked.reason}"
    ours, theirs = worked.whole.provider or 0, worked.whole.council or 0
    said = (
        f"At the end of {month_name(worked.month)} the provider held {count_of(ours, 'open case')} and the council "
        f"{whole(theirs)}."
    )
    found = len(worked.differences)
    if not found:
        return f"{said} Both hold the same cases alike."
    return f"{said} {count_of(found, 'difference')}, {_state(found, resolved)}."


def _state(found: int, resolved: int) -> str:
    if resolved == found:
        return "resolved by both sides"
    left = whole(found - resolved) if resolved else "none"
    return f"{left} of them {'not ' if resolved else ''}resolved: disputed"


def _cell(name: str, value: int | None) -> str:
    if value is None:
        return "–"
    return difference(value) if name == "difference" else whole(value)
