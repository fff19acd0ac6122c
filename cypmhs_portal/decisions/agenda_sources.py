"""What a meeting has on its agenda: everything about the agreement that is open that day.

Each source is a function of the agreement and the day; `SOURCES` has them in the order of the agenda. All parties
read an agenda, so a source tells only what every reader of the agreement may see.
"""

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse

from contracts.action_moves import ActionState
from contracts.actions.meetings import AgendaLine
from contracts.calendar import calendar_for
from contracts.decision_moves import DecisionStatus
from contracts.formatting import count_of, day, month_name
from contracts.models import Agreement, PartyRole
from contracts.queries.served_notices import served_and_open
from contracts.variations.moves import VariationState
from cypmhs_portal.variations.who_may import names_of, waiting_for
from performance.dispute_rules import MonthState
from performance.disputes import month_disputes
from performance.lateness import ReturnState
from performance.returns_held import returns_held

Source = Callable[[Agreement, date], Iterator[AgendaLine]]


def overdue_actions(agreement: Agreement, on: date) -> Iterator[AgendaLine]:
    """The open actions whose day has passed, the longest overdue first."""
    calendar = calendar_for(min(agreement.starts_on.year, on.year), on.year)
    late = agreement.agreed_actions.filter(state=ActionState.OPEN, due_on__lt=on)
    for action in late.select_related("owner").order_by("due_on", "pk"):
        yield AgendaLine(
            "Overdue actions",
            action.what,
            f"Was due {day(action.due_on)}, {_overdue(calendar.between(action.due_on, on))}",
            action.owner.short_name,
            reverse("action", args=[agreement.reference, action.pk]),
        )


def open_notices(agreement: Agreement, on: date) -> Iterator[AgendaLine]:
    """The notices that were served and are not closed, those with the nearest day first."""
    for one in served_and_open(agreement, on):
        yield AgendaLine(
            "Open notices",
            str(one.notice),
            one.day.next_step,
            one.turn,
            reverse("notice_detail", args=[agreement.reference, one.notice.pk]),
        )


def late_returns(agreement: Agreement, on: date) -> Iterator[AgendaLine]:
    """The returns that are late or were sent back."""
    provider = _short_name(agreement, PartyRole.PROVIDER)
    held = returns_held(agreement)
    for state in (ReturnState.LATE, ReturnState.SENT_BACK):
        for one in held.in_state(state, on):
            yield AgendaLine(
                "Returns that are late or were sent back",
                f"The {month_name(one.month)} return",
                f"{state.value}. Was due {day(one.due_on)}" if one.due_on < on else state.value,
                provider,
                reverse("return_detail", args=[agreement.reference, one.month]),
            )


def disputed_months(agreement: Agreement, on: date) -> Iterator[AgendaLine]:
    """The months whose two caseloads differ without an explanation that both sides signed."""
    for month, dispute in sorted(month_disputes(agreement, None, None).items()):
        if dispute.state is MonthState.DISPUTED and month <= on:
            yield AgendaLine(
                "Disputed months",
                f"The two caseloads of {month_name(month)}",
                dispute.words,
                "both sides",
                reverse("reconciliation_month", args=[agreement.reference, month]),
            )


def proposed_variations(agreement: Agreement, on: date) -> Iterator[AgendaLine]:
    """The variations that were proposed and that not every party has signed."""
    proposed = agreement.variations.filter(state=VariationState.PROPOSED).prefetch_related(
        "signatories__organisation", "signatures"
    )
    for variation in proposed.order_by("number"):
        yield AgendaLine(
            "Proposed variations",
            f"Variation {variation}",
            _from_when(variation.in_force_from, on),
            names_of(waiting_for(variation)),
            reverse("variation_detail", args=[agreement.reference, variation.number]),
        )


def proposed_decisions(agreement: Agreement, on: date) -> Iterator[AgendaLine]:
    """The decisions that are proposed and not taken."""
    proposed = agreement.decisions.filter(status=DecisionStatus.PROPOSED)
    for decision in proposed.prefetch_related("discussions").order_by("number"):
        next_one = min((one.held_on for one in decision.discussions.all() if one.held_on >= on), default=None)
        yield AgendaLine(
            "Proposed decisions",
            str(decision),
            f"Next discussed on {day(next_one)}" if next_one else "No meeting is planned to discuss it",
            decision.taker,
            reverse("decision", args=[agreement.reference, decision.pk]),
        )


SOURCES: tuple[Source, ...] = (
    overdue_actions,
    open_notices,
    late_returns,
    disputed_months,
    proposed_variations,
    proposed_decisions,
)


def agenda_of(agreement: Agreement, on: date) -> tuple[AgendaLine, ...]:
    """The agenda of a meeting about `agreement` as things stand on `on`."""
    return tuple(line for source in SOURCES for line in source(agreement, on))


def _overdue(days: int) -> str:
    """ "12 operational days over"; on a day after it without an Operational Day between, "overdue"."""
    return f"{count_of(days, 'operational day')} over" if days else "overdue"


def _from_when(first: date, on: date) -> str:
    return f"To be in force from {day(first)}{', a day that has passed' if first < on else ''}"


def _short_name(agreement: Agreement, role: PartyRole) -> str:
    party = agreement.parties.filter(role=role).select_related("organisation").order_by("pk").first()
    return party.organisation.short_name if party else ""
