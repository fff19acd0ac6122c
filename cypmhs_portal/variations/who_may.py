"""Who may take the next step with a variation, and why somebody else may not. Nobody signs what they proposed."""

from dataclasses import dataclass

from contracts.access import Standing
from contracts.models import Organisation, Variation
from contracts.permissions import Permission
from contracts.variations.moves import MAY_BE_COPIED, VariationState
from contracts.variations.sides import acts_for
from performance.who_may import Step

S = VariationState


@dataclass(frozen=True, slots=True)
class VariationSteps:
    """The steps that a variation may take next; None for one that its state does not have, or is not the reader's."""

    editing: Step | None
    proposing: Step | None
    signing: Step | None
    declining: Step | None
    withdrawing: Step | None
    copying: Step | None


def variation_steps(variation: Variation, standing: Standing) -> VariationSteps:
    """Every step that may come next with a variation, for this reader. Its signatures are read beforehand."""
    own = acts_for(standing.user, variation.agreement, Permission.PROPOSE_VARIATION)
    is_own, state = variation.drafted_for in own, S(variation.state)
    signing = _signing(variation, standing) if state is S.PROPOSED else None
    return VariationSteps(
        editing=Step(True) if state is S.DRAFT and is_own else None,
        proposing=Step(True) if state is S.DRAFT and is_own else None,
        signing=signing,
        declining=Step(True) if signing and signing.may else None,
        withdrawing=Step(True) if state in (S.DRAFT, S.PROPOSED) and is_own else None,
        copying=Step(True) if state in MAY_BE_COPIED and variation.proposed_at and own else None,
    )


def waiting_for(variation: Variation) -> list[Organisation]:
    """The organisations that must sign and have not, in the order they were asked."""
    signed = {one.organisation_id for one in variation.signatures.all()}
    return [one.organisation for one in variation.signatories.all() if one.organisation_id not in signed]


def names_of(organisations: list[Organisation]) -> str:
    """ "KCC and West Kent CCG"."""
    return " and ".join(one.short_name for one in organisations)


def _signing(variation: Variation, standing: Standing) -> Step:
    waiting = waiting_for(variation)
    own = next((one for one in variation.signatures.all() if one.by_id == standing.user.pk), None)
    if own is not None:
        return Step(False, f"You signed it for {own.organisation.short_name}, so somebody else signs it next.")
    sides = acts_for(standing.user, variation.agreement, Permission.SIGN_VARIATION)
    if not any(one in waiting for one in sides):
        return Step(False, f"It waits for the signature of {names_of(waiting)}.")
    return Step(True)
