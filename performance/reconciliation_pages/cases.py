"""The cases in which two caseloads differ, one by one, for those who may see references."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from contracts.formatting import day
from contracts.models import Agreement
from performance.dispute_rules import Status
from performance.disputes import differences_known
from performance.models import Difference
from performance.reconciliation import Kind

CASES_A_PAGE = 100
STATUS_WORDS = {Status.TO_EXPLAIN: "To explain", Status.WAITING: "To sign", Status.SIGNED: "Signed by both"}
STATUS_COLOURS = {Status.TO_EXPLAIN: "orange", Status.WAITING: "yellow", Status.SIGNED: "green"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cases an address asks for; empty is all."""

    kind: str = ""
    area: str = ""
    status: str = ""

    @property
    def is_any(self) -> bool:
        """Whether some are left out."""
        return bool(self.kind or self.area or self.status)


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


@dataclass(frozen=True, slots=True)
class CasesShown:
    """A page of cases, and what can be chosen of them: values with their words."""

    asked: Asked
    page: Page[Difference]
    rows: tuple[CaseRow, ...]
    kinds: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]


def asked_for(values: Mapping[str, str]) -> Asked:
    """The cases that an address asks for; what is no kind or status counts as all."""
    kind, status = values.get("kind", ""), values.get("state", "")
    return Asked(
        kind=kind if kind in {one.value for one in Kind} else "",
        area=values.get("area", ""),
        status=status if status in set(Status) else "",
    )


def cases_asked_for(agreement: Agreement, month: date, asked: Asked, at: datetime | None) -> QuerySet[Difference]:
    """The differences asked for, in the order of their references."""
    found = differences_known(agreement, [month], at).select_related("area")
    chosen = {"kind": asked.kind, "area__code": asked.area, "status": asked.status}
    return found.filter(**{name: value for name, value in chosen.items() if value}).order_by("reference", "kind", "pk")


def cases_shown(
    agreement: Agreement, month: date, asked: Asked, page: str, areas: Mapping[str, str], at: datetime | None
) -> CasesShown:
    """One page of the cases asked for; `areas` are names by code."""
    found = Paginator(cases_asked_for(agreement, month, asked, at), CASES_A_PAGE).get_page(page)
    return CasesShown(
        asked=asked,
        page=found,
        rows=tuple(case_row(one, areas) for one in found.object_list),
        kinds=tuple((kind.value, kind.label) for kind in Kind),
        areas=tuple(areas.items()),
        statuses=tuple((status.value, words) for status, words in STATUS_WORDS.items()),
    )


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
