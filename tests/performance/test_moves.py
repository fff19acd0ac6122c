"""The table of moves: every state is in it, and every move by every role is tried through the pages."""

from datetime import timedelta
from itertools import product

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from contracts.access import ROLE_PERMISSIONS
from contracts.audit import CONSOLE
from contracts.models import Event, Role
from performance.actions.deciding import CannotMove, accept, move, send_back, sign_off, withdraw
from performance.models import Move, State, Upload, Version
from performance.moves import MOVES
from tests.kent import DEMO_MOMENT, EVERY_MONTH, Kent
from tests.signing import DECLARED
from tests.visiting import address, visitor

pytestmark = pytest.mark.django_db
TRIGGER = "a_version_moves_as_the_table_has_it"
ENDS = {State.WITHDRAWN, State.SENT_BACK, State.REPLACED}
# What each page of a step is sent, and where it leads.
STEPS = {
    "sign-off/": (DECLARED, State.SUBMITTED),
    "decision/": ({"decision": "accept"}, State.ACCEPTED),
    "decision/?": ({"decision": "send-back", "queries": "Which ward?"}, State.SENT_BACK),
    "withdrawal/": ({"reason": "Counted again"}, State.WITHDRAWN),
}


@pytest.fixture(scope="module")
def versions(loaded: Kent) -> dict[State, Version]:
    """A version of July in every state, each of them there beside the others."""
    accepted = Version.objects.get(of_return__month=EVERY_MONTH[-2])
    found = {State.ACCEPTED: accepted}
    for number, state in enumerate(ENDS | {State.DRAFT}, start=2):
        found[state] = in_state(accepted, state, number)
    # A month has one version in progress, so the other one is of August.
    found[State.SUBMITTED] = in_state(Version.objects.get(of_return__month=EVERY_MONTH[-1]), State.SUBMITTED, 2)
    return found


def in_state(like: Version, state: State, number: int) -> Version:
    upload = Upload.objects.get(pk=like.upload_id)
    upload.pk = None
    upload.uploaded_by = None
    upload.save(force_insert=True)
    was_signed = state not in {State.DRAFT, State.WITHDRAWN}
    at = DEMO_MOMENT - timedelta(days=1)
    return Version.objects.create(
        of_return=like.of_return,
        number=number,
        upload=upload,
        warnings_reason="Checked",
        state=state,
        submitted_at=at if was_signed else None,
        accepted_at=at if state == State.REPLACED else None,
        replaced_at=at if state == State.REPLACED else None,
    )


def test_every_state_is_in_the_table() -> None:
    assert {to for _, to in MOVES} == set(State)
    assert {before for before, _ in MOVES if before} == set(State) - ENDS


def test_every_state_can_be_reached() -> None:
    reached: set[State | None] = {None}
    while more := {to for before, to in MOVES if before in reached} - reached:
        reached |= more
    assert reached == {None, *State}


def test_each_move_is_somebodys_and_nobody_moves_both_ways() -> None:
    """Who signs a version does not accept it, whatever their organisation."""
    takers = {step: {role for role, held in ROLE_PERMISSIONS.items() if MOVES[step] in held} for step in MOVES}
    assert [step for step, roles in takers.items() if not roles] == []
    assert takers[State.DRAFT, State.SUBMITTED] & takers[State.SUBMITTED, State.ACCEPTED] == set()


@pytest.mark.parametrize(("before", "to"), list(product(State, State)))
def test_a_version_moves_as_the_table_has_it_and_not_otherwise(
    versions: dict[State, Version], before: State, to: State
) -> None:
    version = versions[before]
    counted = Move.objects.count(), Event.objects.count()
    if (before, to) not in MOVES:
        with pytest.raises(CannotMove, match=version.get_state_display().lower()):
            move(version, to, by=CONSOLE, at=DEMO_MOMENT)
        assert (Move.objects.count(), Event.objects.count()) == counted
        return
    if to == State.ACCEPTED:  # A month has one accepted version.
        Version.objects.filter(of_return=version.of_return, state=State.ACCEPTED).update(
            state=State.REPLACED, replaced_at=DEMO_MOMENT
        )
    assert move(version, to, by=CONSOLE, at=DEMO_MOMENT).state == to
    assert (Move.objects.count(), Event.objects.count()) == (counted[0] + 1, counted[1] + 1)
    step = Move.objects.latest("pk")
    assert (step.from_state, step.to_state, step.by_name) == (before, to, CONSOLE.name)


@pytest.mark.parametrize("before", State)
def test_each_action_refuses_what_the_table_has_not(versions: dict[State, Version], before: State) -> None:
    version = versions[before]
    taken = {
        State.SUBMITTED: lambda: sign_off(version, by=CONSOLE, at=DEMO_MOMENT),
        State.ACCEPTED: lambda: accept(version, by=CONSOLE, at=DEMO_MOMENT),
        State.SENT_BACK: lambda: send_back(version, by=CONSOLE, at=DEMO_MOMENT, reason="Why?"),
        State.WITHDRAWN: lambda: withdraw(version, by=CONSOLE, at=DEMO_MOMENT, reason="Wrong file"),
    }
    for to, action in taken.items():
        with transaction.atomic():
            if (before, to) in MOVES:
                assert action().state == to
            else:
                with pytest.raises(CannotMove):
                    action()
            transaction.set_rollback(True)


@pytest.mark.parametrize("before", State)
def test_the_database_refuses_what_the_table_has_not(versions: dict[State, Version], before: State) -> None:
    """Whatever writes it: a state is not moved past the table by a plain update either."""
    for to in set(State) - {before}:
        assert is_stopped(versions[before], to) == ((before, to) not in MOVES), (before, to)


def is_stopped(version: Version, to: State) -> bool:
    """Whether the trigger stops a plain update of the state; other constraints may stop it for its moments."""
    try:
        with transaction.atomic():
            Version.objects.filter(pk=version.pk).update(state=to)
            transaction.set_rollback(True)
    except DatabaseError as refused:
        reason = refused.__cause__
        return isinstance(reason, psycopg.Error) and reason.diag.constraint_name == TRIGGER
    return False


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("step", STEPS)
def test_each_role_takes_the_steps_that_are_theirs(
    loaded: Kent, versions: dict[State, Version], role: Role, step: str
) -> None:
    sent, to = STEPS[step]
    client = visitor(loaded, role)
    for before, version in versions.items():
        with transaction.atomic():
            status = _status(client, version, step, sent)
            version.refresh_from_db()
            is_theirs = _permission_of(to) in ROLE_PERMISSIONS[role]
            if not is_theirs:
                assert status in {403, 404}
            if is_theirs and (before, to) in MOVES:
                assert (status, version.state) == (302, to)
            elif not is_theirs or (before, to) not in MOVES:
                assert version.state == before
            transaction.set_rollback(True)
        version.refresh_from_db()


def _permission_of(to: State) -> object:
    return MOVES[State.DRAFT if to == State.SUBMITTED else State.SUBMITTED, to]


def _status(client: Client, version: Version, step: str, sent: dict[str, str]) -> int:
    return int(client.post(address(version, step), sent).status_code)
