"""Moving a version: signed off, accepted, sent back, withdrawn."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.audit import Actor
from performance.conditions import is_first_sign_off_late, needs_reasons, people_behind
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
def sign_off(version: Version, *, by: Actor, at: datetime, late_because: str = "") -> Version:
    """Sign a draft off: from now on the commissioners see it.

    Each of its warnings has a reason by then (`give_reasons`), and a person who signs after the due day says why it
    is late; the operator at the console has no such reason to give.
    """
    draft = held(version)
    if draft.state == State.DRAFT:
        if needs_reasons(draft):
            raise CannotMove(f"{draft} has warnings: say why each of them is right, or upload a corrected file.")
        if not is_first_sign_off_late(draft, timezone.localtime(at).date()):
            late_because = ""
        elif by.user is not None and not late_because.strip():
            raise CannotMove(f"{draft} is late: say why before you sign it off.")
    return move(draft, State.SUBMITTED, by=by, at=at, late_because=late_because.strip())


@transaction.atomic
def accept(version: Version, *, by: Actor, at: datetime) -> Version:
    """Accept a version: its figures hold from now on, and those of the version before it no longer do."""
    one = Return.objects.select_for_update().get(pk=version.of_return_id)
    before = one.versions.filter(state=State.ACCEPTED).first()
    waiting = held(version)
    if not may_become(State(waiting.state), State.ACCEPTED):
        raise CannotMove(_stale(waiting, State.ACCEPTED))
    _refuse_own_work(waiting, by)
    at = _no_earlier(at, waiting.submitted_at, before.accepted_at if before else None)
    if before:
        move(before, State.REPLACED, by=by, at=at, reason=f"Version {version.number} was accepted")
    accepted = move(version, State.ACCEPTED, by=by, at=at)
    first, until = months_that_look_back_on(one.month)
    state_need(one.agreement, first, until, reason=f"{accepted} was accepted", at=at)
    return accepted


@transaction.atomic
def send_back(version: Version, *, by: Actor, at: datetime, reason: str = "") -> Version:
    """Send a submitted version back, with queries about its lines or a reason for the whole."""
    if not reason.strip() and not version.queries.exists():
        raise CannotMove("Ask about a line first, or say what must be answered or put right.")
    _refuse_own_work(version, by)
    return move(version, State.SENT_BACK, by=by, at=at, reason=reason)


@transaction.atomic
def withdraw(version: Version, *, by: Actor, at: datetime, reason: str) -> Version:
    """Take back a version that waits for acceptance, so that another can be uploaded in its place.

    Once its return is due, the month may no longer count as one that came in time (`first_sign_off`).
    """
    withdrawn = move(version, State.WITHDRAWN, by=by, at=at, reason=reason)
    one = withdrawn.of_return
    if one.due_on <= timezone.localtime(at).date():
        first, until = months_that_look_back_on(one.month)
        state_need(one.agreement, first, until, reason=f"{withdrawn} was withdrawn", at=at)
    return withdrawn


@transaction.atomic
def move(version: Version, to: State, *, by: Actor, at: datetime, reason: str = "", late_because: str = "") -> Version:
    """Move a version as the table of moves lets it, with the step and the event written beside.

    Raises `CannotMove` when somebody else moved it first.
    """
    moved = held(version)
    if not may_become(State(moved.state), to):
        raise CannotMove(_stale(moved, to))
    before = moved.state
    moved.state = to
    fields = ["state"]
    if to in STAMPS:
        setattr(moved, STAMPS[to], at)
        fields.append(STAMPS[to])
    moved.save(update_fields=fields)
    said = {name: text[:500] for name, text in (("reason", reason), ("late_because", late_because)) if text}
    Move.objects.create(version=moved, from_state=before, to_state=to, by=by.user, by_name=by.name, at=at, **said)
    audit.record(
        WORDS[to],
        by=by,
        agreement=moved.of_return.agreement,
        subject=str(moved),
        before={"state": before},
        after={"state": to, **said},
    )
    return moved


def held(version: Version) -> Version:
    """The version as it is now, held until the transaction ends."""
    return (
        Version.objects.select_for_update(of=("self",))
        .select_related("of_return__agreement", "upload")
        .defer("upload__content")
        .get(pk=version.pk)
    )


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
