"""Moving a variation from state to state, with its row; who holds it, and for which organisation somebody acts."""

from datetime import datetime

from contracts import audit
from contracts.actions.holding import hold_agreement
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed, written
from contracts.audit import Actor
from contracts.models import Agreement, Organisation, User, Variation, VariationMove
from contracts.permissions import Permission
from contracts.variations.effects import effects_of
from contracts.variations.moves import MOVES, OPEN, VariationState, may_become
from contracts.variations.sides import acts_for

S = VariationState
LONGEST_REASON = 2000


def acting(by: Actor) -> User:
    """The person behind a step: the console and the worker take none."""
    if by.user is None:
        raise Refused("Variations are handled by people who sign in, so that each step has a name.")
    return by.user


def held(variation: Variation) -> Variation:
    """The variation as it is now, held until the transaction ends; its agreement is held before it."""
    hold_agreement(variation.agreement)
    rows = Variation.objects.select_for_update(of=("self",))
    return rows.select_related("agreement", "drafted_for", "replaces").get(pk=variation.pk)


def sides_with(by: Actor, agreement: Agreement, permission: Permission) -> list[Organisation]:
    """The organisations for which the person may do it; refused where there is none."""
    sides = acts_for(acting(by), agreement, permission)
    if not sides:
        raise Refused(f"Your role does not let you {permission}.")
    return sides


def refuse_unless_may_become(variation: Variation, to: VariationState, by: Actor, reason: str = "") -> Organisation:
    """The organisation for which the person moves a variation that is held; refused where they or its state cannot."""
    move = MOVES.get((S(variation.state), to)) or next(one for (_, end), one in MOVES.items() if end is to)
    sides = sides_with(by, variation.agreement, move.permission)
    if move.is_for_its_own_side and variation.drafted_for not in sides:
        raise Refused(f"Only {variation.drafted_for.short_name}’s own people can do that with its variation.")
    if not may_become(S(variation.state), to):
        raise Refused(
            f"{variation.short_number} is {variation.get_state_display().lower()}, so it cannot become "
            f"{to.label.lower()}. Somebody may have acted before you: look at the page again."
        )
    (needed if move.needs_reason else written)(reason, "The reason", LONGEST_REASON)
    return variation.drafted_for if move.is_for_its_own_side else sides[0]


def move(
    variation: Variation, to: VariationState, *, by: Actor, at: datetime, side: Organisation, reason: str = ""
) -> None:
    """Move a variation that is held, with its row and no event: the caller writes the one event of the action."""
    before = variation.state
    if to not in OPEN and variation.effects is None:
        # As it stands when it ends. A variation that is agreed has them from before its terms were put in place.
        variation.effects = effects_of(variation, at)
    VariationMove.objects.create(
        variation=variation,
        from_state=before,
        to_state=to,
        by=acting(by),
        by_name=by.name,
        organisation=side,
        at=at,
        reason=reason.strip(),
    )
    variation.state = to
    variation.save()


def record(action: str, variation: Variation, *, by: Actor, before: object = None, **said: object) -> None:
    """Write the one event of an action on a variation."""
    audit.record(
        f"variation {action}",
        by=by,
        agreement=variation.agreement,
        subject=str(variation),
        before=before,
        after={"state": variation.state, **said},
    )
