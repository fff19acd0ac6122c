"""The last return of an element, and how its caseload and the council's were settled."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from contracts.calendar import calendar_for
from contracts.due_days import operational_day_of
from contracts.models import ServiceElement
from contracts.return_terms import due_day_terms_of
from cypmhs_portal.exits.endings import Ending
from performance.disputes import month_disputes
from performance.form import RuleKind
from performance.lateness import ReturnState, time_left
from performance.return_pages.month_rows import COLOURS
from performance.returns_held import HeldReturn, ReturnsHeld


@dataclass(frozen=True, slots=True)
class LastReturn:
    """The return of the element's last month: when it is due, how it stands, and how long is left."""

    month: date
    due_on: date | None
    state: str
    colour: str
    time_left: str
    url: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the two caseloads stand at the end: the last month, and the months whose differences are not settled."""

    month: date
    state: str
    colour: str
    disputed: tuple[tuple[date, int], ...]
    is_settled: bool
    url: str


def last_return(element: ServiceElement, ending: Ending, returns: ReturnsHeld, on: date) -> LastReturn:
    """The return of the last month that the element has activity in."""
    month = ending.last_month
    held = next((one for one in returns.returns if one.month == month), None)
    due_on = held.due_on if held else _due_on(element, month)
    state = held.state(on) if held else ReturnState.NOT_DUE
    is_waited_for = due_on is not None and state in {ReturnState.NOT_DUE, ReturnState.DUE, ReturnState.LATE}
    calendar = calendar_for(min(on.year, month.year), month.year + 1)
    return LastReturn(
        month=month,
        due_on=due_on,
        state=state.value,
        colour=COLOURS[state],
        time_left=time_left(due_on, on, calendar) if is_waited_for and due_on else "",
        url=_url(element, held),
    )


def _due_on(element: ServiceElement, month: date) -> date | None:
    """The due day by today's terms, of a month that the portal asks no return for yet."""
    count = operational_day_of(month, due_day_terms_of(element.agreement))
    return calendar_for(month.year, month.year + 1).due_after_month(month, count) if count else None


def _url(element: ServiceElement, held: HeldReturn | None) -> str:
    return reverse("return_detail", args=[element.agreement.reference, held.month]) if held else ""


def settlement(element: ServiceElement, ending: Ending) -> Settlement | None:
    """How the element's two caseloads stand; None for an element whose cases nobody names one by one."""
    if not _is_named_case_by_case(element):
        return None
    disputes = month_disputes(element.agreement, None, None)
    last = disputes.get(ending.last_month)
    open_months = tuple((one.month, one.unresolved) for one in disputes.values() if one.is_disputed)
    return Settlement(
        month=ending.last_month,
        state=last.words if last else "Not compared yet",
        colour=last.colour if last else "grey",
        disputed=open_months,
        is_settled=last is not None and not last.reason and not open_months,
        url=reverse("reconciliation", args=[element.agreement.reference]),
    )


def _is_named_case_by_case(element: ServiceElement) -> bool:
    """Whether a case list counts the element's caseload, itself or as the pathway that must equal it."""
    counted = element.agreement.measures.filter(is_counted_by_case_list=True)
    same = Q(rules__kind=RuleKind.SAME_AS.value, rules__against__element=element)
    return counted.filter(Q(element=element) | same).exists()
