"""What is handed over when an element ends: adding it, and recording what became of it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.actions.entitled import Acting, entitled
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed
from contracts.audit import Actor
from contracts.formatting import day
from contracts.models import (
    HandoverItem,
    HandoverOutcome,
    HandoverRecord,
    Organisation,
    PartyRole,
    ServiceElement,
    StandardHandoverItem,
)
from contracts.periods import EARLIEST_DAY, LATEST_DAY
from contracts.permissions import Permission

LONGEST_WHAT, LONGEST_TEXT, MOST_ITEMS = 200, 1000, 100
SOMEBODY_ACTED = "Somebody may have acted before you: look at the page again."


@transaction.atomic
def add_handover_item(
    element: ServiceElement, *, what: str, owner: Organisation, due_on: date, by: Actor, at: datetime
) -> HandoverItem:
    """Add one thing to hand over when `element` ends: whose it is, and by which day.

    The last one where it is the same again by the same person and open, because a button was pressed twice.
    """
    held = _held(element)
    acting = entitled(held.agreement, Permission.KEEP_HANDOVER, by)
    text = needed(what, "What is to be handed over", LONGEST_WHAT)
    last = held.handover_items.order_by("-pk").first()
    is_same = last and (last.what, last.owner, last.due_on, last.added_by) == (text, owner, due_on, acting.person)
    if last and is_same and not last.records.exists():
        return last
    _refuse_too_many(held, 1)
    item = _add(held, text, owner, due_on, acting, by=by, at=at)
    _record_event("handover item added", held, by=by, item=text, owner=owner.short_name, due_on=due_on)
    return item


@transaction.atomic
def add_standard_items(element: ServiceElement, *, last_day: date, by: Actor, at: datetime) -> list[HandoverItem]:
    """Add what the agreement's standard list has and the element's own has not, due by the element's last day."""
    held = _held(element)
    acting = entitled(held.agreement, Permission.KEEP_HANDOVER, by)
    there = set(held.handover_items.values_list("what", flat=True))
    parties = {party.role: party.organisation for party in held.agreement.parties.select_related("organisation")}
    listed = held.agreement.standard_handover_items.exclude(what__in=there).order_by("position", "pk")
    missing = [one for one in listed if PartyRole(one.owner) in parties]
    if not missing:
        raise Refused("Every item of the standard list is on the checklist already.")
    _refuse_too_many(held, len(missing))
    items = [_add(held, one.what, parties[one.owner], _due(one, last_day), acting, by=by, at=at) for one in missing]
    _record_event("standard handover items added", held, by=by, items=[item.what for item in items])
    return items


@transaction.atomic
def record_done(item: HandoverItem, *, on: date, evidence: str, by: Actor, at: datetime) -> HandoverRecord:
    """Record that the organisation whose item it is handed it over on the day `on`, and what shows it."""
    held = _held_item(item)
    acting = entitled(held.element.agreement, Permission.RECORD_HANDOVER, by)
    if acting.organisation != held.owner:
        raise Refused(f"“{held.what}” is {held.owner.short_name}’s to do, so its own people record that it is done.")
    shown = needed(evidence, "What shows that it was done", LONGEST_TEXT)
    if on > timezone.localtime(at).date():
        raise Refused(f"{day(on)} is still to come. Record it once it is done.")
    if on < held.element.agreement.starts_on:
        raise Refused(f"The agreement began on {day(held.element.agreement.starts_on)}. Give that day or a later one.")
    return _record(held, HandoverOutcome.DONE, shown, acting, on=on, by=by, at=at)


@transaction.atomic
def drop_item(item: HandoverItem, *, reason: str, by: Actor, at: datetime) -> HandoverRecord:
    """Record that an item is not needed, and why."""
    return _decide(item, HandoverOutcome.DROPPED, reason, by=by, at=at)


@transaction.atomic
def reopen_item(item: HandoverItem, *, reason: str, by: Actor, at: datetime) -> HandoverRecord:
    """Open an item again that was done or dropped, and say why."""
    return _decide(item, HandoverOutcome.OPEN, reason, by=by, at=at)


def _decide(item: HandoverItem, outcome: HandoverOutcome, reason: str, *, by: Actor, at: datetime) -> HandoverRecord:
    held = _held_item(item)
    acting = entitled(held.element.agreement, Permission.KEEP_HANDOVER, by)
    said = needed(reason, "The reason", LONGEST_TEXT)
    return _record(held, outcome, said, acting, on=timezone.localtime(at).date(), by=by, at=at)


def _held(element: ServiceElement) -> ServiceElement:
    """The element, held until the transaction ends, so that two people who add see each other's items."""
    rows = ServiceElement.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("agreement").get(pk=element.pk)


def _held_item(item: HandoverItem) -> HandoverItem:
    rows = HandoverItem.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("element__agreement", "owner").get(pk=item.pk)


def _due(one: StandardHandoverItem, last_day: date) -> date:
    return last_day + timedelta(days=one.days_after_end)


def _refuse_too_many(element: ServiceElement, more: int) -> None:
    if element.handover_items.count() + more > MOST_ITEMS:
        raise Refused(f"A checklist has at most {MOST_ITEMS} items. Drop what is not needed, and put others together.")


def _add(
    element: ServiceElement, what: str, owner: Organisation, due_on: date, acting: Acting, *, by: Actor, at: datetime
) -> HandoverItem:
    if not element.agreement.parties.filter(organisation=owner).exists():
        raise Refused(f"{owner.short_name} is no party to this agreement. Choose a party.")
    if not EARLIEST_DAY <= due_on <= LATEST_DAY:
        raise Refused(f"Give a day from {EARLIEST_DAY.year} to {LATEST_DAY.year}: {day(due_on)} is not.")
    if due_on < element.in_force_from:
        raise Refused(f"{day(due_on)} is before the element began, on {day(element.in_force_from)}.")
    return HandoverItem.objects.create(
        element=element,
        what=what,
        owner=owner,
        due_on=due_on,
        added_by=acting.person,
        added_by_name=by.name,
        added_at=at,
    )


STANDS = {HandoverOutcome.DONE: "is done", HandoverOutcome.DROPPED: "is not needed", HandoverOutcome.OPEN: "is open"}


def _record(
    item: HandoverItem,
    outcome: HandoverOutcome,
    text: str,
    acting: Acting,
    *,
    on: date,
    by: Actor,
    at: datetime,
) -> HandoverRecord:
    last = item.records.order_by("-pk").first()
    stands = HandoverOutcome(last.outcome) if last else HandoverOutcome.OPEN
    if (outcome is HandoverOutcome.OPEN) == (stands is HandoverOutcome.OPEN):
        raise Refused(f"“{item.what}” {STANDS[stands]} already. {SOMEBODY_ACTED}")
    record = HandoverRecord.objects.create(
        item=item,
        outcome=outcome,
        on=on,
        text=text,
        by=acting.person,
        by_name=by.name,
        organisation=acting.organisation,
        at=at,
    )
    action = f"handover item {HandoverOutcome(outcome).label.lower()}"
    _record_event(action, item.element, by=by, item=item.what, on=on, text=text)
    return record


def _record_event(action: str, element: ServiceElement, *, by: Actor, **said: object) -> None:
    subject = f"handover of {element.name}"
    audit.record(action, by=by, agreement=element.agreement, subject=subject, after={"element": element.code, **said})
