"""Who may move a notice, and where to: the table of moves, the kind's own stages and a person's permissions."""

from collections.abc import Collection

from contracts.levers.ladder import Move, NoticeStage, next_moves
from contracts.models import Notice
from contracts.permissions import Permission


def steps_of(notice: Notice) -> dict[str, str]:
    """The names of the kind's own stages, by stage."""
    return {step.stage: step.name for step in notice.kind.steps.all()}


def moves_for(permissions: Collection[Permission], notice: Notice) -> dict[NoticeStage, Move]:
    """The moves that somebody with these permissions may make with the notice as it stands."""
    moves = next_moves(NoticeStage(notice.stage), steps_of(notice))
    return {to: move for to, move in moves.items() if move.permission in permissions}


def first_stages(notice: Notice) -> list[NoticeStage]:
    """The stages of its kind that service may lead to, in the order of the ladder; none for a kind without stages."""
    moves = next_moves(NoticeStage.ASKED, steps_of(notice))
    return [stage for stage in NoticeStage if stage in moves and stage in steps_of(notice)]
