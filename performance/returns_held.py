"""Which returns an agreement holds: due, late, waiting, accepted. One query."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q

from contracts.models import Agreement
from performance.models import State


@dataclass(frozen=True, slots=True)
class HeldReturn:
    """One month's return: when it is due, and the numbers of the versions waiting and accepted."""

    month: date
    due_on: date
    waiting: int | None
    accepted: int | None
    accepted_at: datetime | None
    signed_off_at: datetime | None

    def is_late(self, on: date) -> bool:
        """Whether nothing was signed off and the due day is past."""
        return self.signed_off_at is None and self.due_on < on


@dataclass(frozen=True, slots=True)
class ReturnsHeld:
    """The returns that an agreement requires, oldest first."""

    returns: tuple[HeldReturn, ...]

    @property
    def last_accepted(self) -> HeldReturn | None:
        """The latest month with an accepted version."""
        return next((one for one in reversed(self.returns) if one.accepted), None)

    def is_accepted(self, month: date) -> bool:
        """Whether `month` has an accepted version."""
        return any(one.month == month and one.accepted for one in self.returns)

    def late(self, on: date) -> tuple[HeldReturn, ...]:
        """What is late as of `on`, the longest first."""
        return tuple(one for one in self.returns if one.is_late(on))

    @property
    def waiting(self) -> tuple[HeldReturn, ...]:
        """What waits for the coordinating commissioner."""
        return tuple(one for one in self.returns if one.waiting)


def returns_held(agreement: Agreement) -> ReturnsHeld:
    """Every return that exists of `agreement`, with the versions that matter now."""
    rows = (
        agreement.returns.order_by("month")
        .annotate(
            waiting=Max("versions__number", filter=Q(versions__state=State.SUBMITTED)),
            accepted=Max("versions__number", filter=Q(versions__state=State.ACCEPTED)),
            accepted_at=Max("versions__accepted_at", filter=Q(versions__state=State.ACCEPTED)),
            signed_off_at=Max(
                "versions__submitted_at", filter=Q(versions__state__in=[State.SUBMITTED, State.ACCEPTED])
            ),
        )
        .values_list("month", "due_on", "waiting", "accepted", "accepted_at", "signed_off_at")
    )
    return ReturnsHeld(tuple(HeldReturn(*row) for row in rows))
