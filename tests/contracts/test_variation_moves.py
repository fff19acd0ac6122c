"""Every step, by every role, in every state: the table says what may be, and nothing else may."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from contracts.access import ROLE_PERMISSIONS
from contracts.actions.refusals import Refused
from contracts.actions.variation_drafts import copy_variation, edit_variation, set_part
from contracts.actions.variations import decline_variation, propose_variation, sign_variation, withdraw_variation
from contracts.audit import CONSOLE, Actor
from contracts.models import Event, Role, Variation
from contracts.variations.moves import MOVES, OPEN, VariationState, may_become
from tests.kent import Kent
from tests.variations import DRAFTED_AT, SAID, actor, target_key, variation_in

pytestmark = pytest.mark.django_db
S = VariationState
AT = DRAFTED_AT + timedelta(days=4)
KCC, CCG = Role.COUNCIL_COMMISSIONER, Role.COORDINATING_COMMISSIONER
Take = Callable[[Variation, Actor], object]
OTHERWISE = replace(SAID, title="A lower caseload from November")
LOWER = {"value": "170", "floor": None}

STEPS: dict[str, Take] = {
    "edit": lambda one, by: edit_variation(one, said=OTHERWISE, by=by, at=AT),
    "change": lambda one, by: set_part(one, subject="target", thing=target_key(), values=LOWER, by=by, at=AT),
    "propose": lambda one, by: propose_variation(one, by=by, at=AT),
    "sign": lambda one, by: sign_variation(one, by=by, at=AT),
    "decline": lambda one, by: decline_variation(one, reason="Too low", by=by, at=AT),
    "withdraw": lambda one, by: withdraw_variation(one, reason="Not now", by=by, at=AT),
    "copy": lambda one, by: copy_variation(one, by=by, at=AT),
}
# The variation is KCC's: it drafted and proposed it, and with that signed it.
MAY: dict[VariationState, dict[str, set[Role]]] = {
    S.DRAFT: {"edit": {KCC}, "change": {KCC}, "propose": {KCC}, "withdraw": {KCC}},
    S.PROPOSED: {"sign": {CCG}, "decline": {CCG}, "withdraw": {KCC}, "copy": {KCC, CCG}},
    S.AGREED: {},
    S.DECLINED: {"copy": {KCC, CCG}},
    S.WITHDRAWN: {"copy": {KCC, CCG}},
    S.SUPERSEDED: {"copy": {KCC, CCG}},
}


def came_through(variation: Variation, take: Take, by: Actor) -> bool:
    """Whether a step is taken; nothing of it stays. Where it is refused nothing was written at all."""
    before = Event.objects.count()
    try:
        with transaction.atomic():
            take(variation, by)
            assert Event.objects.count() > before
            transaction.set_rollback(True)
    except Refused:
        assert Event.objects.count() == before
        return False
    return True


@pytest.mark.parametrize("state", VariationState)
def test_every_step_by_every_role_in_every_state(kent: Kent, state: VariationState) -> None:
    variation = variation_in(kent, state)
    may = {(step, role) for step, roles in MAY[state].items() for role in roles}
    found = {
        (step, role)
        for step, take in STEPS.items()
        for role in kent.people
        if came_through(Variation.objects.get(pk=variation.pk), take, actor(kent, role))
    }
    assert found == may
    assert not any(came_through(variation, take, CONSOLE) for take in STEPS.values())
    variation.refresh_from_db()
    assert variation.state == state


def test_every_state_is_in_the_table_and_what_is_ended_stays_so() -> None:
    assert {to for _, to in MOVES} == set(VariationState)
    assert {before for before, _ in MOVES if before} == set(OPEN)
    assert not any(may_become(before, to) for before in VariationState if before not in OPEN for to in VariationState)
    assert set(MAY) == set(VariationState)


def test_every_move_has_somebody_who_may_make_it() -> None:
    for move in MOVES.values():
        assert [role for role, held in ROLE_PERMISSIONS.items() if move.permission in held]
