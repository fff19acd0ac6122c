"""What people do to a record of decision: propose, edit, record that it was taken or withdrawn, and what it led to."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.actions.entitled import entitled
from contracts.actions.refusals import Refused
from contracts.audit import Actor
from contracts.decision_moves import MOVES, DecisionStatus, may_become
from contracts.formatting import day
from contracts.models import Agreement, DecisionMove, DecisionNotice, Discussion, Notice, RecordOfDecision, User
from contracts.permissions import Permission

S = DecisionStatus
# The parts of a record that people write.
PARTS = (
    "number",
    "subject",
    "taker",
    "restriction",
    "key_because",
    "decision",
    "reasons",
    "financial_implications",
    "legal_implications",
    "equality_implications",
    "alternatives_rejected",
    "interests_declared",
    "source",
)


@transaction.atomic
def propose_decision(agreement: Agreement, *, parts: Mapping[str, str], by: Actor, at: datetime) -> RecordOfDecision:
    """Put a decision forward; `parts` by the names in PARTS, number, subject, taker and decision at least."""
    acting = entitled(agreement, MOVES[None, S.PROPOSED].permission, by)
    _refuse_used_number(agreement, parts["number"])
    decision = RecordOfDecision.objects.create(agreement=agreement, **_written(parts))
    _write_move(decision, "", by=by, person=acting.person, on=timezone.localdate(at), at=at)
    _record("decision proposed", decision, by=by, after=dict(parts))
    return decision


@transaction.atomic
def edit_decision(decision: RecordOfDecision, *, parts: Mapping[str, str], by: Actor, at: datetime) -> RecordOfDecision:
    """Write the parts of a decision anew; refused once it is taken or withdrawn."""
    entitled(decision.agreement, Permission.RECORD_DECISION, by)
    held = _held(decision)
    if held.is_settled:
        raise Refused(f"Decision {held.number} is {held.status}, so what it says stays. Propose another decision.")
    if parts["number"] != held.number:
        _refuse_used_number(held.agreement, parts["number"])
    written = _written(parts)
    before = {name: getattr(held, name) for name, text in written.items() if getattr(held, name) != text}
    if not before:
        raise Refused(f"Nothing of decision {held.number} is different, so nothing was saved.")
    RecordOfDecision.objects.filter(pk=held.pk).update(**written)
    held.refresh_from_db()
    _record("decision edited", held, by=by, before=before, after={name: written[name] for name in before})
    return held


@transaction.atomic
def record_taken(decision: RecordOfDecision, *, on: date, by: Actor, at: datetime) -> RecordOfDecision:
    """Record that a proposed decision was taken on a day that has come."""
    entitled(decision.agreement, MOVES[S.PROPOSED, S.TAKEN].permission, by)
    held = _held(decision)
    _refuse_unless_may_become(held, S.TAKEN)
    if on > timezone.localdate(at):
        raise Refused(f"{day(on)} is still to come. Record the decision once it is taken.")
    return _moved(held, S.TAKEN, on=on, reason="", by=by, at=at)


@transaction.atomic
def withdraw_decision(decision: RecordOfDecision, *, reason: str, by: Actor, at: datetime) -> RecordOfDecision:
    """Withdraw a proposed decision, for a reason."""
    entitled(decision.agreement, MOVES[S.PROPOSED, S.WITHDRAWN].permission, by)
    if not reason.strip():
        raise Refused("Say why the decision is withdrawn.")
    held = _held(decision)
    _refuse_unless_may_become(held, S.WITHDRAWN)
    return _moved(held, S.WITHDRAWN, on=timezone.localdate(at), reason=reason.strip(), by=by, at=at)


@transaction.atomic
def add_discussion(
    decision: RecordOfDecision, *, body: str, held_on: date, outcome: str = "", by: Actor, at: datetime
) -> Discussion:
    """Add a meeting that discussed a decision, or is going to. Also once it is taken: a decision can be called in."""
    entitled(decision.agreement, Permission.RECORD_DECISION, by)
    held = _held(decision)
    if held.discussions.filter(body=body, held_on=held_on).exists():
        raise Refused(f"{body} of {day(held_on)} is there already, so nothing was added.")
    discussion = Discussion.objects.create(decision=held, body=body, held_on=held_on, outcome=outcome)
    _record("discussion of a decision added", held, by=by, after={"discussion": str(discussion), "outcome": outcome})
    return discussion


@transaction.atomic
def lead_to_notice(decision: RecordOfDecision, notice: Notice, *, by: Actor, at: datetime) -> DecisionNotice:
    """Record that a taken decision led to a notice of the same agreement."""
    acting = entitled(decision.agreement, Permission.RECORD_DECISION, by)
    held = _held(decision)
    if held.status != S.TAKEN:
        raise Refused(f"Decision {held.number} is {held.status}. Only a decision that was taken leads to a notice.")
    if notice.agreement_id != held.agreement_id:
        raise Refused("That notice is of another agreement. Choose one of this agreement.")
    if held.led_to.filter(notice=notice).exists():
        raise Refused(f"{notice} stands with decision {held.number} already, so nothing was added.")
    link = DecisionNotice.objects.create(decision=held, notice=notice, by=acting.person, by_name=by.name, at=at)
    _record("decision led to a notice", held, by=by, after={"notice": str(notice)})
    return link


def _held(decision: RecordOfDecision) -> RecordOfDecision:
    """The decision as it is now, held until the transaction ends."""
    rows = RecordOfDecision.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("agreement").get(pk=decision.pk)


def _written(parts: Mapping[str, str]) -> dict[str, str]:
    return {name: parts[name] for name in PARTS if name in parts}


def _refuse_used_number(agreement: Agreement, number: str) -> None:
    if agreement.decisions.filter(number=number).exists():
        raise Refused(f"There is a decision {number} already. Give the number of this one.")


def _refuse_unless_may_become(decision: RecordOfDecision, to: DecisionStatus) -> None:
    if not may_become(S(decision.status), to):
        raise Refused(
            f"Decision {decision.number} is {decision.status} now, so it cannot be {to.value}. "
            "Somebody may have acted before you: look at the page again."
        )


def _moved(
    decision: RecordOfDecision, to: DecisionStatus, *, on: date, reason: str, by: Actor, at: datetime
) -> RecordOfDecision:
    before = decision.status
    decision.status, decision.decided_on = to, on if to is S.TAKEN else None
    assert by.user is not None  # entitled() let nobody else through
    _write_move(decision, before, by=by, person=by.user, on=on, at=at, reason=reason)
    decision.save(update_fields=["status", "decided_on"])
    said = {"status": to.value, "on": on, **({"reason": reason} if reason else {})}
    _record(f"decision {to.value}", decision, by=by, before={"status": before}, after=said)
    return decision


def _write_move(
    decision: RecordOfDecision, before: str, *, by: Actor, person: User, on: date, at: datetime, reason: str = ""
) -> None:
    DecisionMove.objects.create(
        decision=decision,
        from_status=before,
        to_status=decision.status,
        on=on,
        by=person,
        by_name=by.name,
        at=at,
        reason=reason,
    )


def _record(what: str, decision: RecordOfDecision, *, by: Actor, before: object = None, after: object = None) -> None:
    audit.record(what, by=by, agreement=decision.agreement, subject=str(decision), before=before, after=after)
