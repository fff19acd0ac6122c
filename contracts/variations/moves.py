"""The one table of moves of a variation: which state may become which, and what that takes."""

from dataclasses import dataclass

from django.db.models import TextChoices

from contracts.permissions import Permission


class VariationState(TextChoices):
    """How far a variation has come. Agreed, its terms hold from its own day on, which may be still to come."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SUPERSEDED = "superseded", "Superseded"


S = VariationState


@dataclass(frozen=True, slots=True)
class Move:
    """What it takes to move a variation: who may, whether they say why, and whose people they are."""

    permission: Permission
    needs_reason: bool = False
    is_for_its_own_side: bool = True


MOVES: dict[tuple[VariationState | None, VariationState], Move] = {
    (None, S.DRAFT): Move(Permission.PROPOSE_VARIATION),
    # Proposing is the first signature: that of the proposer's own organisation.
    (S.DRAFT, S.PROPOSED): Move(Permission.PROPOSE_VARIATION),
    (S.DRAFT, S.WITHDRAWN): Move(Permission.PROPOSE_VARIATION),
    # The last signature that is needed puts the terms in place. Another signature moves nothing.
    (S.PROPOSED, S.AGREED): Move(Permission.SIGN_VARIATION, is_for_its_own_side=False),
    (S.PROPOSED, S.DECLINED): Move(Permission.SIGN_VARIATION, needs_reason=True, is_for_its_own_side=False),
    (S.PROPOSED, S.WITHDRAWN): Move(Permission.PROPOSE_VARIATION, needs_reason=True),
    # Another one that was copied from it, by either side, is proposed in its place.
    (S.PROPOSED, S.SUPERSEDED): Move(Permission.PROPOSE_VARIATION, is_for_its_own_side=False),
}

OPEN = (S.DRAFT, S.PROPOSED)
# A copy of one of these may be changed and proposed; what is agreed is varied by a new variation.
MAY_BE_COPIED = (S.PROPOSED, S.DECLINED, S.WITHDRAWN, S.SUPERSEDED)


def may_become(state: VariationState | None, to: VariationState) -> bool:
    """Whether the table has a move from `state` to `to`, whoever asks."""
    return (state, to) in MOVES
