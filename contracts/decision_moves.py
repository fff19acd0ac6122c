"""The one table of moves of a record of decision: which status may become which, and what that takes."""

from django.db.models import TextChoices

from contracts.levers.ladder import Move
from contracts.permissions import Permission


class DecisionStatus(TextChoices):
    """How far a decision has come."""

    PROPOSED = "proposed", "Proposed"
    TAKEN = "taken", "Taken"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = DecisionStatus

# The cabinet member decides; who records it is an officer of the same council.
MOVES: dict[tuple[DecisionStatus | None, DecisionStatus], Move] = {
    (None, S.PROPOSED): Move(Permission.RECORD_DECISION),
    (S.PROPOSED, S.TAKEN): Move(Permission.RECORD_DECISION),
    (S.PROPOSED, S.WITHDRAWN): Move(Permission.RECORD_DECISION, needs_reason=True),
}

# No move leads away from these: what such a record says stays as it was.
SETTLED = tuple(status for status in S if not any(before is status for before, _ in MOVES))


def may_become(status: DecisionStatus | None, to: DecisionStatus) -> bool:
    """Whether the table has a move from `status` to `to`, whoever asks."""
    return (status, to) in MOVES
