"""The one table of moves of a meeting: which state may become which, and what that takes."""

from django.db.models import TextChoices

from contracts.levers.ladder import Move
from contracts.permissions import Permission


class MeetingState(TextChoices):
    """Whether a meeting is still to come."""

    CALLED = "called", "Called"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


S = MeetingState

MOVES: dict[tuple[MeetingState | None, MeetingState], Move] = {
    (None, S.CALLED): Move(Permission.KEEP_ACTIONS),
    # To another day, hour or place.
    (S.CALLED, S.CALLED): Move(Permission.KEEP_ACTIONS, needs_reason=True),
    (S.CALLED, S.HELD): Move(Permission.KEEP_ACTIONS),
    (S.CALLED, S.CANCELLED): Move(Permission.KEEP_ACTIONS, needs_reason=True),
}


def may_become(state: MeetingState | None, to: MeetingState) -> bool:
    """Whether the table has a move from `state` to `to`, whoever asks."""
    return (state, to) in MOVES
