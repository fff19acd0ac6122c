"""What may be recorded of a milestone: which outcome may follow which, and what each takes."""

from django.db.models import TextChoices

from contracts.permissions import Permission


class MilestoneOutcome(TextChoices):
    """What became of a milestone. The provider says that it is done; the commissioner says whether it was met."""

    SAID_DONE = "said-done", "Said to be done"
    MET = "met", "Met"
    MISSED = "missed", "Missed"


M = MilestoneOutcome

RECORDED_WITH: dict[MilestoneOutcome, Permission] = {
    M.SAID_DONE: Permission.ANSWER_NOTICE,
    M.MET: Permission.ISSUE_NOTICE,
    M.MISSED: Permission.ISSUE_NOTICE,
}
# None before anything was recorded. What the commissioner found to be met is undone by nobody else.
FOLLOWS: dict[MilestoneOutcome | None, tuple[MilestoneOutcome, ...]] = {
    None: (M.SAID_DONE, M.MET, M.MISSED),
    M.SAID_DONE: (M.MET, M.MISSED),
    M.MISSED: (M.SAID_DONE, M.MET),
    M.MET: (M.MISSED,),
}


def outcomes_next(last: MilestoneOutcome | None, permission: Permission) -> tuple[MilestoneOutcome, ...]:
    """What may be recorded after `last` by who has `permission`."""
    return tuple(outcome for outcome in FOLLOWS[last] if RECORDED_WITH[outcome] is permission)
