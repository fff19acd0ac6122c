"""Trying a step without keeping it: what a table of moves asks for every person in every state."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from django.db import transaction

from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.models import Event, Role
from tests.kent import Kent

Step = Callable[[Actor], object]


def is_taken(step: Callable[[], object]) -> bool:
    """Whether a step is taken, which writes one event; nothing of it stays. A refusal has written nothing."""
    before = Event.objects.count()
    try:
        with transaction.atomic():
            step()
            assert Event.objects.count() == before + 1
            transaction.set_rollback(True)
    except Refused:
        assert Event.objects.count() == before
        return False
    return True


def taken_by(kent: Kent, steps: Mapping[str, Step]) -> set[tuple[str, Role]]:
    """Each step with each role whose person of the demo takes it."""
    people = {role: Actor.person(kent.people[role]) for role in Role}
    tries = [(name, role, partial(step, people[role])) for name, step in steps.items() for role in Role]
    return {(name, role) for name, role, attempt in tries if is_taken(attempt)}


def pairs(may: Mapping[str, Collection[Role]]) -> set[tuple[str, Role]]:
    """A row of a table, which says who may take which step, as `taken_by` finds it."""
    return {(step, role) for step, roles in may.items() for role in roles}
