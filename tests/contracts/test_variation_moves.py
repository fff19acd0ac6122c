"""Every step, by every role, in every state: the table says what may be, and nothing else may.

Once for each side that drafts it, and once where the provider signs as well.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import product

import pytest
from django.http import Http404

from contracts.access import ROLE_PERMISSIONS, standing_or_404
from contracts.actions.variation_drafts import copy_variation, edit_variation, remove_part, set_part
from contracts.actions.variations import decline_variation, propose_variation, sign_variation, withdraw_variation
from contracts.audit import CONSOLE
from contracts.models import Party, PartyRole, Role, Variation
from contracts.variations.moves import MOVES, OPEN, VariationState, may_become
from cypmhs_portal.variations.who_may import variation_steps
from tests.kent import Kent
from tests.trying import Step, is_taken, pairs, taken_by
from tests.variations import CCG, DRAFTED_AT, KCC, NELFT, SAID, signed_by, target_key, variation_in

pytestmark = pytest.mark.django_db
S = VariationState
AT = DRAFTED_AT + timedelta(days=4)
OTHERWISE = replace(SAID, title="A lower caseload from November")
LOWER = {"value": "170", "floor": None}
OWN, SIGNERS, EITHER = "the side that drafted it", "the others that must sign", "the two sides"
# Proposing it was the first signature, that of the side that drafted it.
MAY: dict[VariationState, dict[str, str]] = {
    S.DRAFT: {"edit": OWN, "change": OWN, "take out": OWN, "propose": OWN, "withdraw": OWN},
    S.PROPOSED: {"sign": SIGNERS, "decline": SIGNERS, "withdraw": OWN, "copy": EITHER},
    S.AGREED: {},
    S.DECLINED: {"copy": EITHER},
    S.WITHDRAWN: {"copy": EITHER},
    S.SUPERSEDED: {"copy": EITHER},
}
SIDES: dict[str, dict[str, tuple[Role, ...]]] = {
    "drafted by KCC": {OWN: (KCC,), SIGNERS: (CCG,), EITHER: (KCC, CCG)},
    "drafted by West Kent CCG": {OWN: (CCG,), SIGNERS: (KCC,), EITHER: (KCC, CCG)},
    "signed by NELFT too": {OWN: (KCC,), SIGNERS: (CCG, NELFT), EITHER: (KCC, CCG)},
}


def steps_of(variation: Variation) -> dict[str, Step]:
    """Every step that a person may try with a variation that changes a target, each with the rows as they are."""

    def one() -> Variation:
        return Variation.objects.get(pk=variation.pk)

    return {
        "edit": lambda by: edit_variation(one(), said=OTHERWISE, by=by, at=AT),
        "change": lambda by: set_part(one(), subject="target", thing=target_key(), values=LOWER, by=by, at=AT),
        "take out": lambda by: remove_part(one().parts.get(), by=by, at=AT),
        "propose": lambda by: propose_variation(one(), by=by, at=AT),
        "sign": lambda by: sign_variation(one(), by=by, at=AT),
        "decline": lambda by: decline_variation(one(), reason="Too low", by=by, at=AT),
        "withdraw": lambda by: withdraw_variation(one(), reason="Not now", by=by, at=AT),
        "copy": lambda by: copy_variation(one(), by=by, at=AT),
    }


def may_be(state: VariationState, sides: Mapping[str, tuple[Role, ...]]) -> set[tuple[str, Role]]:
    """What the table says for these sides."""
    return pairs({step: sides[who] for step, who in MAY[state].items()})


def offered_to(kent: Kent, variation: Variation, role: Role) -> set[tuple[str, Role]]:
    """What the page offers to the demo's person in a role; one form is for all that changes a draft."""
    try:
        standing = standing_or_404(kent.people[role], kent.agreement.reference)
    except Http404:
        return set()
    shown = variation_steps(Variation.objects.get(pk=variation.pk), standing)
    steps = {
        "edit": shown.editing,
        "propose": shown.proposing,
        "sign": shown.signing,
        "decline": shown.declining,
        "withdraw": shown.withdrawing,
        "copy": shown.copying,
    }
    return {(name, role) for name, step in steps.items() if step and step.may}


def agree_with(kent: Kent, sides: str) -> None:
    """Have the provider sign variations of the agreement, where it is to."""
    providers = Party.objects.filter(agreement=kent.agreement, role=PartyRole.PROVIDER)
    assert providers.update(signs_variations=NELFT in SIDES[sides][SIGNERS])


# Who must sign tells nothing of what is ended: that is tried without the provider.
CASES = [
    *product(["drafted by KCC", "drafted by West Kent CCG"], VariationState),
    *product(["signed by NELFT too"], OPEN),
]


@pytest.mark.parametrize(("sides", "state"), CASES)
def test_every_step_by_every_role_in_every_state(kent: Kent, sides: str, state: VariationState) -> None:
    agree_with(kent, sides)
    who = SIDES[sides]
    variation = variation_in(kent, state, who[OWN][0], who[SIGNERS])
    steps = steps_of(variation)
    assert taken_by(kent, steps) == may_be(state, who)
    assert not any(is_taken(partial(step, CONSOLE)) for step in steps.values())
    variation.refresh_from_db()
    assert variation.state == state
    offered = {one for role in Role for one in offered_to(kent, variation, role)}
    assert offered == {pair for pair in may_be(state, who) if pair[0] not in ("change", "take out")}


@pytest.mark.parametrize(("signed", "waits_for"), [(CCG, NELFT), (NELFT, CCG)])
def test_a_signature_that_is_not_the_last_leaves_the_rest_to_the_other(
    kent: Kent, signed: Role, waits_for: Role
) -> None:
    sides = "signed by NELFT too"
    agree_with(kent, sides)
    variation = signed_by(kent, variation_in(kent, S.PROPOSED), signed)
    assert variation.state == S.PROPOSED
    may = may_be(S.PROPOSED, SIDES[sides] | {SIGNERS: (waits_for,)})
    assert taken_by(kent, steps_of(variation)) == may
    assert {one for role in Role for one in offered_to(kent, variation, role)} == may


def test_every_state_is_in_the_table_and_what_is_ended_stays_so() -> None:
    assert {to for _, to in MOVES} == set(VariationState)
    assert {before for before, _ in MOVES if before} == set(OPEN)
    assert not any(may_become(before, to) for before in VariationState if before not in OPEN for to in VariationState)
    assert set(MAY) == set(VariationState)


def test_every_move_has_somebody_who_may_make_it() -> None:
    for move in MOVES.values():
        assert [role for role, held in ROLE_PERMISSIONS.items() if move.permission in held]
