"""Handover checklists for tests, made as people make them."""

from datetime import date, datetime, time

from contracts.actions.handover import add_handover_item
from contracts.audit import Actor
from contracts.models import HandoverItem, Organisation, Role, ServiceElement
from tests.kent import DEMO_MOMENT, LONDON, Kent

MARCH = date(2020, 3, 31)


def early_help(kent: Kent, until: date | None = None) -> ServiceElement:
    """Early Help, whose first day out of force is `until`."""
    element = kent.agreement.elements.get(code="ehu")
    if until is not None:
        element.in_force_until = until
        element.save(update_fields=["in_force_until"])
    return element


def handover_item(
    kent: Kent, what: str = "Hand over every open case", owner: str = "NELFT", due_on: date = MARCH
) -> HandoverItem:
    """Something that the owner is to hand over when Early Help ends, as KCC put it on the checklist."""
    return add_handover_item(
        early_help(kent),
        what=what,
        owner=Organisation.objects.get(short_name=owner),
        due_on=due_on,
        by=person(kent, Role.COUNCIL_COMMISSIONER),
        at=DEMO_MOMENT,
    )


def person(kent: Kent, role: Role) -> Actor:
    """The demo's person in a role."""
    return Actor.person(kent.people[role])


def morning_of(on: date) -> datetime:
    """Half past nine in the morning of a day."""
    return datetime.combine(on, time(9, 30), LONDON)
