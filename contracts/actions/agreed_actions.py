"""What people do to an agreed action: keep it, record that it is done, drop it, open it again."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.action_moves import MOVES, ActionState, may_become
from contracts.actions.entitled import entitled
from contracts.actions.holding import hold_agreement
from contracts.actions.refusals import Refused
from contracts.actions.writing import needed, written
from contracts.audit import Actor
from contracts.formatting import day
from contracts.models import ActionMove, AgreedAction, Agreement, Meeting, Membership, Organisation, User

S = ActionState
LONGEST_WHAT, LONGEST_PLACE, LONGEST_PERSON, LONGEST_SOURCE = 500, 200, 200, 120


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
    """Write down an action that was agreed.

    The last one that the person wrote down where it says the same and is open, because a button was pressed twice.
    """
    acting = entitled(agreement, MOVES[None, S.OPEN].permission, by)
    said_of_it = _as_kept(agreed)
    _refuse_what_cannot_be(agreement, agreed, today=_day_of(at))
    hold_agreement(agreement)
    last = agreement.agreed_actions.filter(kept_by=acting.person).order_by("-pk").first()
    if (
        last is not None
        and last.state == S.OPEN
        and all(getattr(last, name) == value for name, value in said_of_it.items())
    ):
        return last
    action = AgreedAction.objects.create(
        agreement=agreement, **said_of_it, kept_by=acting.person, kept_by_name=by.name, kept_at=at
    )
    _write_move(action, "", on=action.agreed_on, text="", person=acting.person, by=by, at=at)
    said = {"owner": str(action.owner), "due on": action.due_on, "agreed at": action.agreed_at}
    audit.record("action kept", by=by, agreement=agreement, subject=str(action), after=said)
    return action


@transaction.atomic
def record_done(action: AgreedAction, *, on: date, evidence: str, by: Actor, at: datetime) -> AgreedAction:
    """Record that an open action was done on a day that has come, and what shows it."""
    return _moved(action, S.DONE, on=on, text=evidence, by=by, at=at)


@transaction.atomic
def drop_action(action: AgreedAction, *, reason: str, by: Actor, at: datetime) -> AgreedAction:
    """Say that an open action is not going to be done, and why."""
    return _moved(action, S.DROPPED, on=_day_of(at), text=reason, by=by, at=at)


@transaction.atomic
def open_again(action: AgreedAction, *, reason: str, by: Actor, at: datetime) -> AgreedAction:
    """Say that an action that was recorded as done is not, and why."""
    return _moved(action, S.OPEN, on=_day_of(at), text=reason, by=by, at=at)


def is_of_owner(action: AgreedAction, person: User) -> bool:
    """Whether the person belongs to the organisation that owns the action."""
    return Membership.objects.filter(user=person, organisation=action.owner_id).exists()


def _day_of(at: datetime) -> date:
    return timezone.localtime(at).date()


def _as_kept(agreed: WhatWasAgreed) -> dict[str, Any]:
    """The columns of an action, its texts as they are kept; refused where one is too long, or is missing."""
    kept = replace(
        agreed,
        what=needed(agreed.what, "What is to be done", LONGEST_WHAT),
        agreed_at=needed(agreed.agreed_at, "Where it was agreed", LONGEST_PLACE),
        owner_person=written(agreed.owner_person, "The person or post", LONGEST_PERSON),
        source=written(agreed.source, "The source", LONGEST_SOURCE),
    )
    return {one.name: getattr(kept, one.name) for one in fields(kept)}


def _refuse_what_cannot_be(agreement: Agreement, agreed: WhatWasAgreed, *, today: date) -> None:
    if not agreement.parties.filter(organisation=agreed.owner).exists():
        raise Refused(f"{agreed.owner} is no party to the agreement. Choose one of the parties.")
    if agreed.due_on < agreed.agreed_on:
        raise Refused(f"It was agreed on {day(agreed.agreed_on)}, so it cannot be due on {day(agreed.due_on)}.")
    if agreed.agreed_on < agreement.starts_on:
        raise Refused(
            f"The agreement began on {day(agreement.starts_on)}, so nothing was agreed under it on "
            f"{day(agreed.agreed_on)}. Give that day or a later one."
        )
    if agreed.agreed_on > today:
        raise Refused(f"{day(agreed.agreed_on)} is still to come. Write the action down once it is agreed.")


def _moved(action: AgreedAction, to: ActionState, *, on: date, text: str, by: Actor, at: datetime) -> AgreedAction:
    rows = AgreedAction.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("agreement", "owner").get(pk=action.pk)
    person = _entitled(held, to, by)
    if not may_become(S(held.state), to):
        raise Refused(
            f"The action is {held.state} now, so it cannot become {to.value}. "
            "Somebody may have acted before you: look at the page again."
        )
    why = needed(text, "What shows that it is done" if to is S.DONE else "The reason")
    if not held.agreed_on <= on <= _day_of(at):
        raise Refused(f"Give a day from {day(held.agreed_on)}, when it was agreed, to {day(_day_of(at))}.")
    before, held.state = held.state, to
    _write_move(held, before, on=on, text=why, person=person, by=by, at=at)
    held.save(update_fields=["state"])
    said = {"state": to.value, "on": on, "text": why}
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
