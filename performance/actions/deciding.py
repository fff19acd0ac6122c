"""Moving a version: signed off, accepted, sent back, withdrawn."""

from datetime import datetime

from django.db import transaction

from contracts import audit
from contracts.audit import Actor
from performance.conditions import needs_reason, people_behind
from performance.models import Move, Return, State, Version
from performance.moves import may_become
from performance.needs import months_that_look_back_on, state_need

STAMPS = {State.SUBMITTED: "submitted_at", State.ACCEPTED: "accepted_at", State.REPLACED: "replaced_at"}
WORDS = {
    State.SUBMITTED: "return signed off",
    State.ACCEPTED: "return accepted",
    State.SENT_BACK: "return sent back",
    State.WITHDRAWN: "return withdrawn",
    State.REPLACED: "return replaced",
}


class CannotMove(Exception):
    """The step may not be taken, as things are now or by whom; the message says why in a plain sentence."""


@transaction.atomic
def sign_off(version: Version, *, by: Actor, at: datetime, reason: str = "") -> Version:
    """Sign a draft off, with the reason for its warnings if it has any: from now on the commissioners see it."""
    if version.state == State.DRAFT and not reason.strip() and needs_reason(version):
        raise CannotMove(f"{version} has warnings: say why its figures are right, or upload a corrected file.")
    return move(version, State.SUBMITTED, by=by, at=at, reason=reason)


@transaction.atomic
def accept(version: Version, *, by: Actor, at: datetime) -> Version:
    """Accept a version: its figures hold from now on, and those of the version before it no longer do."""
    one = Return.objects.select_for_update().get(pk=version.of_return_id)
    before = one.versions.filter(state=State.ACCEPTED).first()
    held = _held(version)
    if not may_become(State(held.state), State.ACCEPTED):
        raise CannotMove(_stale(held, State.ACCEPTED))
    _refuse_own_work(held, by)
    at = _no_earlier(at, held.submitted_at, before.accepted_at if before else None)
    if before:
        move(before, State.REPLACED, by=by, at=at, reason=f"Version {version.number} was accepted")
    accepted = move(version, State.ACCEPTED, by=by, at=at)
    first, until = months_that_look_back_on(one.month)
    state_need(one.agreement, first, until, reason=f"{accepted} was accepted", at=at)
    return accepted


@transaction.atomic
def send_back(version: Version, *, by: Actor, at: datetime, reason: str) -> Version:
    """Send a submitted version back with what must be answered or put right."""
    _refuse_own_work(version, by)
    return move(version, State.SENT_BACK, by=by, at=at, reason=reason)


@transaction.atomic
def withdraw(version: Version, *, by: Actor, at: datetime, reason: str) -> Version:
    """Take back a version that waits for acceptance, so that another can be uploaded in its place."""
    return move(version, State.WITHDRAWN, by=by, at=at, reason=reason)


@transaction.atomic
def move(version: Version, to: State, *, by: Actor, at: datetime, reason: str = "") -> Version:
    """Move a version as the table of moves lets it, with the step and the event written beside.

    Raises `CannotMove` when somebody else moved it first.
    """
    held = _held(version)
    if not may_become(State(held.state), to):
        raise CannotMove(_stale(held, to))
    before = held.state
    held.state = to
    fields = ["state"]
    if to in STAMPS:
        setattr(held, STAMPS[to], at)
        fields.append(STAMPS[to])
    held.save(update_fields=fields)
    Move.objects.create(
        version=held, from_state=before, to_state=to, by=by.user, by_name=by.name, at=at, reason=reason[:500]
    )
    audit.record(
        WORDS[to],
        by=by,
        agreement=held.of_return.agreement,
        subject=str(held),
        before={"state": before},
        after={"state": to, "reason": reason} if reason else {"state": to},
    )
    return held


def _held(version: Version) -> Version:
    """The version as it is now, held until the transaction ends."""
    return Version.objects.select_for_update(of=("self",)).select_related("of_return__agreement").get(pk=version.pk)


def _refuse_own_work(version: Version, by: Actor) -> None:
    """Nobody decides on what they themselves proposed; the operator at the console has no account to have done so."""
    if by.user is not None and by.user.pk in people_behind(version):
        raise CannotMove("You uploaded or signed this version, so somebody else decides on it.")


def _no_earlier(at: datetime, *steps: datetime | None) -> datetime:
    """The moment of a step, put no earlier than the steps it follows.

    A request may read the clock before one that commits before it, and the demo's one day begins again each day.
    """
    return max([at, *(step for step in steps if step is not None)])


def _stale(version: Version, to: State) -> str:
    return (
        f"{version} is {version.get_state_display().lower()} now, so it cannot become “{to.label.lower()}”. "
        "Somebody may have acted before you: look at the page again."
    )
