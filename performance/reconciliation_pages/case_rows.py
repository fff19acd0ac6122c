"""One case in which two caseloads differ, in words, for those who may see references."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contracts.formatting import day
from performance.dispute_rules import Status
from performance.models import Difference
from performance.reconciliation import Kind

STATUS_WORDS = {Status.TO_EXPLAIN: "To explain", Status.WAITING: "To sign", Status.SIGNED: "Signed by both"}
STATUS_COLOURS = {Status.TO_EXPLAIN: "orange", Status.WAITING: "yellow", Status.SIGNED: "green"}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case's difference as the page and the file show it."""

    key: int
    reference: str
    kind: str
    area: str
    provider_says: str
    council_says: str
    state: str
    colour: str
    is_resolved: bool


def case_row(one: Difference, areas: Mapping[str, str]) -> CaseRow:
    """A difference in words."""
    kind, status = Kind(one.kind), Status(vars(one)["status"])
    return CaseRow(
        key=one.pk,
        reference=one.reference,
        kind=kind.label,
        area=one.area.name,
        provider_says=_says(kind, one.provider_says, areas),
        council_says=_says(kind, one.council_says, areas),
        state=STATUS_WORDS[status],
        colour=STATUS_COLOURS[status],
        is_resolved=status is Status.SIGNED,
    )


def _says(kind: Kind, said: str, areas: Mapping[str, str]) -> str:
    """What one side says: the day the case was opened, the way it came in, or where it is held."""
    if not said:
        return "does not hold it"
    if kind is Kind.ROUTE_DIFFERS:
        return said
    if kind is Kind.AREA_DIFFERS:
        return areas.get(said, said)
    try:
        return f"opened {day(date.fromisoformat(said))}"
    except ValueError:
        return said
