"""Which occasion of a notice a move is: what a letter is written for, and who is told."""

from contracts.levers.ladder import STEPS, NoticeStage
from contracts.models import NoticeMove, Occasion

S = NoticeStage
OF_STAGES = {
    S.DECLINED: Occasion.DECLINED,
    S.EXCEPTION_REPORT: Occasion.EXCEPTION_REPORT,
    S.WITHHOLDING: Occasion.WITHHOLDING,
    S.WITHDRAWN: Occasion.WITHDRAWN,
    S.RESOLVED: Occasion.CLOSED,
    S.UNRESOLVED: Occasion.CLOSED,
}


def occasion_of(move: NoticeMove) -> Occasion | None:
    """The occasion that `move` is; None for a move that no letter is written for."""
    if move.from_stage == S.ASKED and move.to_stage in STEPS:
        return Occasion.SERVED
    return OF_STAGES.get(NoticeStage(move.to_stage))
