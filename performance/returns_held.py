"""Which returns an agreement holds: due, late, waiting, sent back, accepted. One query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet

from contracts.agreement_months import months_of
from contracts.models import Agreement
from performance.as_known import state_known
from performance.lateness import ReturnState, is_outstanding, state_of_return
from performance.models import Return, State, Version


@dataclass(frozen=True, slots=True)
class HeldReturn:
    """One month's return: when it is due, and the numbers of the versions waiting, sent back and accepted.

    Drafts are the provider's own and are left out.
    """

    month: date
    due_on: date
    waiting: int | None
    accepted: int | None
    sent_back: int | None
    accepted_at: datetime | None

    def state(self, on: date) -> ReturnState:
        """How the return stands on the day `on`, by the rule that the page of returns goes by."""
        numbers = {State.SUBMITTED: self.waiting, State.ACCEPTED: self.accepted, State.SENT_BACK: self.sent_back}
        held = [state.value for state, number in numbers.items() if number is not None]
        return state_of_return(self.month, self.due_on, on, held)


@dataclass(frozen=True, slots=True)
class ReturnsHeld:
    """The returns that an agreement requires or has, oldest first."""

    returns: tuple[HeldReturn, ...]

    @property
    def last_accepted(self) -> HeldReturn | None:
        """The latest month with an accepted version."""
        return next((one for one in reversed(self.returns) if one.accepted), None)

    def is_accepted(self, month: date) -> bool:
        """Whether `month` has an accepted version."""
        return any(one.month == month and one.accepted for one in self.returns)

    def in_state(self, state: ReturnState, on: date) -> tuple[HeldReturn, ...]:
        """What is in `state` on the day `on`, the oldest first."""
        return tuple(one for one in self.returns if one.state(on) is state)

    def outstanding(self, on: date) -> tuple[HeldReturn, ...]:
        """What is missing on the day `on` though its day has passed, sent back or never come, the oldest first."""
        return tuple(one for one in self.returns if is_outstanding(one.state(on), one.due_on, on))

    @property
    def waiting(self) -> tuple[HeldReturn, ...]:
        """What waits for the coordinating commissioner."""
        return tuple(one for one in self.returns if one.waiting)


def returns_with(agreement: Agreement, versions: QuerySet[Version]) -> QuerySet[Return]:
    """The returns that `agreement` requires, and those of other months that one of `versions` is of."""
    months = months_of(agreement)
    is_required = Q(month__gte=months.returns_from, month__lt=months.end)
    return agreement.returns.filter(is_required | Exists(versions.filter(of_return=OuterRef("pk"))))


def returns_held(agreement: Agreement, as_at: datetime | None = None) -> ReturnsHeld:
    """The returns of `agreement` with the versions that matter: now, or as they stood at `as_at`.

    Due days are always those of now: they are terms, and a holiday added later moves them.
    """
    signed_off = Version.objects.filter(submitted_at__isnull=False)
    if as_at is not None:
        signed_off = signed_off.filter(submitted_at__lte=as_at)
    rows = (
        returns_with(agreement, signed_off)
        .annotate(held=state_known(as_at, version="versions__pk", state="versions__state"))
        .order_by("month", "versions__number")
        .values_list("month", "due_on", "versions__number", "held", "versions__accepted_at")
    )
    return ReturnsHeld(tuple(_held(list(of_month)) for _, of_month in groupby(rows, key=lambda row: row[0])))


def _held(rows: Sequence[tuple[date, date, int | None, str | None, datetime | None]]) -> HeldReturn:
    """One month from its versions, the oldest first; of each state the latest counts."""
    month, due_on = rows[0][:2]
    latest = {state: (number, accepted_at) for _, _, number, state, accepted_at in rows}
    none = (None, None)
    accepted, accepted_at = latest.get(State.ACCEPTED, none)
    return HeldReturn(
        month=month,
        due_on=due_on,
        waiting=latest.get(State.SUBMITTED, none)[0],
        accepted=accepted,
        sent_back=latest.get(State.SENT_BACK, none)[0],
        accepted_at=accepted_at,
    )
