"""The one table of moves: which state of a version may become which, and what that takes."""

from django.db.models import TextChoices

from contracts.permissions import Permission


class State(TextChoices):
    """How far a version has come."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ACCEPTED = "accepted", "Accepted"
    SENT_BACK = "sent-back", "Sent back"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REPLACED = "replaced", "Replaced by a later version"


MOVES: dict[tuple[State | None, State], Permission] = {
    (None, State.DRAFT): Permission.UPLOAD_RETURN,
    (State.DRAFT, State.SUBMITTED): Permission.SIGN_RETURN,
    (State.DRAFT, State.WITHDRAWN): Permission.UPLOAD_RETURN,
    (State.SUBMITTED, State.WITHDRAWN): Permission.SIGN_RETURN,
    (State.SUBMITTED, State.ACCEPTED): Permission.ACCEPT_RETURN,
    (State.SUBMITTED, State.SENT_BACK): Permission.ACCEPT_RETURN,
    # Accepting a later version replaces the one before; nobody asks for it by itself.
    (State.ACCEPTED, State.REPLACED): Permission.ACCEPT_RETURN,
}

# A draft is the provider's own; what was withdrawn or replaced nobody stands by.
MAY_BE_ASKED_ABOUT = (State.SUBMITTED, State.ACCEPTED, State.SENT_BACK)


def may_become(state: State | None, to: State) -> bool:
    """Whether the table has a move from `state` to `to`, whoever asks."""
    return (state, to) in MOVES
