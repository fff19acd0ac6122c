"""What people do to an agreed action: keep it, record that it is done, drop it, open it again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.action_moves import MOVES, ActionState, may_become
from contracts.actions.entitled import entitled
from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.formatting import day
from contracts.models import ActionMove, AgreedAction, Agreement, Meeting, Membership, Organisation, User

S = ActionState


@dataclass(frozen=True, slots=True)
class WhatWasAgreed:
    """An action as it is written down: who does what by when, and where that was agreed."""

    what: str
    owner: Organisation
    due_on: date
    agreed_at: str
    agreed_on: date
    owner_person: str = ""
    meeting: Meeting | None = None
    due_is_illustrative: bool = False
    source: str = ""


@transaction.atomic
def keep_action(agreement: Agreement, agreed: WhatWasAgreed, *, by: Actor, at: datetime) -> AgreedAction:
    """Write down an action that was agreed."""
    acting = entitled(agreement, MOVES[None, S.OPEN].permission, by)
    if not agreement.parties.filter(organisation=agreed.owner).exists():
        raise Refused(f"{agreed.owner} is no party to the agreement. Choose one of the parties.")
    if agreed.due_on < agreed.agreed_on:
        raise Refused(f"It was agreed on {day(agreed.agreed_on)}, so it cannot be due on {day(agreed.due_on)}.")
    if agreed.agreed_on > timezone.localdate(at):
        raise Refused(f"{day(agreed.agreed_on)} is still to come. Write the action down once it is agreed.")
    action = AgreedAction.objects.create(
        agreement=agreement,
        what=agreed.what,
        meeting=agreed.meeting,
        agreed_at=agreed.agreed_at,
        agreed_on=agreed.agreed_on,
        owner=agreed.owner,
        owner_person=agreed.owner_person,
        due_on=agreed.due_on,
        due_is_illustrative=agreed.due_is_illustrative,
        source=agreed.source,
        kept_by=acting.person,
        kept_by_name=by.name,
        kept_at=at,
    )
    _write_move(action, "", on=agreed.agreed_on, text="", person=acting.person, by=by, at=at)
    said = {"owner": str(agreed.owner), "due on": agreed.due_on, "agreed at": agreed.agreed_at}
    audit.record("action kept", by=by, agreement=agreement, subject=str(action), after=said)
    return action


@transaction.atomic
def record_done(action: AgreedAction, *, on: date, evidence: str, by: Actor, at: datetime) -> AgreedAction:
    """Record that an open action was done on a day that has come, and what shows it."""
    return _moved(action, S.DONE, on=on, text=evidence, by=by, at=at)


@transaction.atomic
def drop_action(action: AgreedAction, *, reason: str, by: Actor, at: datetime) -> AgreedAction:
    """Say that an open action is not going to be done, and why."""
    return _moved(action, S.DROPPED, on=timezone.localdate(at), text=reason, by=by, at=at)


@transaction.atomic
def open_again(action: AgreedAction, *, reason: str, by: Actor, at: datetime) -> AgreedAction:
    """Say that an action that was recorded as done is not, and why."""
    return _moved(action, S.OPEN, on=timezone.localdate(at), text=reason, by=by, at=at)


def is_of_owner(action: AgreedAction, person: User) -> bool:
    """Whether the person belongs to the organisation that owns the action."""
    return Membership.objects.filter(user=person, organisation=action.owner_id).exists()


def _moved(action: AgreedAction, to: ActionState, *, on: date, text: str, by: Actor, at: datetime) -> AgreedAction:
    rows = AgreedAction.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("agreement", "owner").get(pk=action.pk)
    person = _entitled(held, to, by)
    if not may_become(S(held.state), to):
        raise Refused(
            f"The action is {held.state} now, so it cannot become {to.value}. "
            "Somebody may have acted before you: look at the page again."
        )
    if not text.strip():
        raise Refused("Say what shows it." if to is S.DONE else "Say why.")
    if not held.agreed_on <= on <= timezone.localdate(at):
        raise Refused(f"Give a day from {day(held.agreed_on)}, when it was agreed, to {day(timezone.localdate(at))}.")
    before, held.state = held.state, to
    _write_move(held, before, on=on, text=text.strip(), person=person, by=by, at=at)
    held.save(update_fields=["state"])
    said = {"state": to.value, "on": on, "text": text.strip()}
    audit.record(
        f"action {to.value}",
        by=by,
        agreement=held.agreement,
        subject=str(held),
        before={"state": before},
        after=said,
    )
    return held


def _entitled(action: AgreedAction, to: ActionState, by: Actor) -> User:
    """The person who may move the action to `to`: of their own organisation's, or who keeps them all."""
    elsewhere = next(move for (_, known), move in MOVES.items() if known is to and move.needs_reason)
    person = entitled(action.agreement, MOVES.get((S(action.state), to), elsewhere).permission, by).person
    if to is S.DONE and not is_of_owner(action, person):
        entitled(action.agreement, MOVES[None, S.OPEN].permission, by)
    return person


def _write_move(
    action: AgreedAction, before: str, *, on: date, text: str, person: User, by: Actor, at: datetime
) -> None:
    # The row first: the database moves an action only with it.
    ActionMove.objects.create(
        action=action, from_state=before, to_state=action.state, on=on, text=text, by=person, by_name=by.name, at=at
    )
