"""The one table of moves of an agreed action: which state may become which, and what that takes."""

from django.db.models import TextChoices

from contracts.levers.ladder import Move
from contracts.permissions import Permission


class ActionState(TextChoices):
    """What became of an action."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


S = ActionState

# Every move says something: what shows that it is done, why it is dropped, why it is open again.
MOVES: dict[tuple[ActionState | None, ActionState], Move] = {
    (None, S.OPEN): Move(Permission.KEEP_ACTIONS),
    # Of one's own organisation's; who keeps the actions may say it of any.
    (S.OPEN, S.DONE): Move(Permission.SAY_ACTION_DONE, needs_reason=True),
    (S.OPEN, S.DROPPED): Move(Permission.KEEP_ACTIONS, needs_reason=True),
    (S.DONE, S.OPEN): Move(Permission.KEEP_ACTIONS, needs_reason=True),
}


def may_become(state: ActionState | None, to: ActionState) -> bool:
    """Whether the table has a move from `state` to `to`, whoever asks."""
    return (state, to) in MOVES
