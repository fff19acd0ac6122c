"""Every step of a handover checklist by every role: for each owner of an item and however the item stands."""

from functools import partial
from itertools import product

import pytest
from django.http import Http404

from contracts.access import standing_or_404
from contracts.actions.handover import add_handover_item, add_standard_items, drop_item, record_done, reopen_item
from contracts.audit import CONSOLE
from contracts.models import HandoverItem, HandoverOutcome, Organisation, Role
from cypmhs_portal.exits.checklist import checklist
from tests.handover import MARCH, early_help, handover_item, person
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.trying import Step, is_taken, pairs, taken_by

pytestmark = pytest.mark.django_db
KCC, CCG = Role.COUNCIL_COMMISSIONER, Role.COORDINATING_COMMISSIONER
OWNERS, KEEPERS = "people of the item’s owner", "people who keep the checklist"
KEEP = {KCC, CCG}
# Who records that an item is done: the owner's own people.
OWN_PEOPLE: dict[str, set[Role]] = {
    "NELFT": {Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY},
    "KCC": {KCC},
    "West Kent CCG": {CCG},
}
# Who takes which step, by what was recorded of the item last.
MAY: dict[str, dict[str, str]] = {
    "nothing": {"done": OWNERS, "dropped": KEEPERS},
    "done": {"open": KEEPERS},
    "dropped": {"open": KEEPERS},
    "open": {"done": OWNERS, "dropped": KEEPERS},
}
WAYS: dict[str, list[str]] = {"nothing": [], "done": ["done"], "dropped": ["dropped"], "open": ["done", "open"]}


def steps_of(item: HandoverItem) -> dict[str, Step]:
    """Every step that a person may try with an item, by the outcome that it records."""
    at = DEMO_MOMENT
    return {
        "done": lambda by: record_done(item, on=DEMO_DAY, evidence="List of 17 October", by=by, at=at),
        "dropped": lambda by: drop_item(item, reason="No case is open", by=by, at=at),
        "open": lambda by: reopen_item(item, reason="Two are missing", by=by, at=at),
    }


def item_as(kent: Kent, owner: str, stands: str) -> HandoverItem:
    """An item of the owner, of which that was recorded last."""
    item = handover_item(kent, owner=owner)
    for step in WAYS[stands]:
        role = min(OWN_PEOPLE[owner]) if step == "done" else KCC
        steps_of(item)[step](person(kent, role))
    return item


def offered_to(kent: Kent, item: HandoverItem, role: Role) -> set[tuple[str, Role]]:
    """What the checklist asks the demo's person in a role for; nothing of who has no part in the agreement."""
    try:
        standing = standing_or_404(kent.people[role], kent.agreement.reference)
    except Http404:
        return set()
    shown = next(one for one in checklist(item.element, standing, DEMO_DAY).items if one.item == item)
    forms = {"done": shown.done_form, "dropped": shown.drop_form, "open": shown.reopen_form}
    return {(step, role) for step, form in forms.items() if form is not None}


def test_every_outcome_is_in_the_table() -> None:
    assert set(MAY) - {"nothing"} == set(HandoverOutcome.values) == {step for row in MAY.values() for step in row}


@pytest.mark.parametrize(("owner", "stands"), list(product(OWN_PEOPLE, MAY)))
def test_every_step_by_every_role_with_an_item_of_each_owner(agreed: Kent, owner: str, stands: str) -> None:
    item = item_as(agreed, owner, stands)
    who = {OWNERS: OWN_PEOPLE[owner], KEEPERS: KEEP}
    may = pairs({step: who[people] for step, people in MAY[stands].items()})
    steps = steps_of(item)
    assert taken_by(agreed, steps) == may
    assert not any(is_taken(partial(step, CONSOLE)) for step in steps.values())
    assert {one for role in Role for one in offered_to(agreed, item, role)} == may


def test_who_adds_to_the_checklist(agreed: Kent) -> None:
    element, nelft, at = early_help(agreed), Organisation.objects.get(short_name="NELFT"), DEMO_MOMENT
    steps: dict[str, Step] = {
        "an item": lambda by: add_handover_item(element, what="Keys", owner=nelft, due_on=MARCH, by=by, at=at),
        "the standard list": lambda by: add_standard_items(element, last_day=MARCH, by=by, at=at),
    }
    assert taken_by(agreed, steps) == pairs(dict.fromkeys(steps, KEEP))
    assert not any(is_taken(partial(step, CONSOLE)) for step in steps.values())
