"""What people do to a record of decision: propose, edit, record that it was taken or withdrawn, and what it led to."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from contracts import audit
from contracts.actions.as_seen import mark_of
from contracts.actions.entitled import entitled
from contracts.actions.refusals import ChangedMeanwhile, Refused, refused_where
from contracts.actions.writing import LONGEST_TEXT, needed, written
from contracts.audit import Actor
from contracts.decision_moves import MOVES, DecisionStatus, may_become
from contracts.formatting import day
from contracts.models import Agreement, DecisionMove, DecisionNotice, Discussion, Notice, RecordOfDecision, User
from contracts.permissions import Permission

S = DecisionStatus
# The parts of a record that people write, as a refusal begins with them.
PARTS = {
    "number": "The decision number",
    "subject": "The subject",
    "taker": "Who takes the decision",
    "restriction": "The restriction on publication",
    "key_because": "Why it is a key decision",
    "decision": "The decision",
    "reasons": "The reasons for the decision",
    "financial_implications": "The financial implications",
    "legal_implications": "The legal implications",
    "equality_implications": "The equality implications",
    "alternatives_rejected": "What was considered and rejected",
    "interests_declared": "What was declared",
    "source": "The source",
}
NEEDED = ("number", "subject", "taker", "decision")
LONGEST_BODY, LONGEST_OUTCOME = 160, 500
AT_ONCE = {
    "a_decision_number_is_used_once": "Somebody gave that number to a decision a moment ago, so nothing was saved.",
}


@transaction.atomic
def propose_decision(agreement: Agreement, *, parts: Mapping[str, str], by: Actor, at: datetime) -> RecordOfDecision:
    """Put a decision forward; `parts` by the names in PARTS, number, subject, taker and decision at least."""
    acting = entitled(agreement, MOVES[None, S.PROPOSED].permission, by)
    kept = _as_kept(parts)
    _refuse_used_number(agreement, kept["number"])
    with refused_where(AT_ONCE):
        decision = RecordOfDecision.objects.create(agreement=agreement, **kept)
    _write_move(decision, "", by=by, person=acting.person, on=_day_of(at), at=at)
    _record("decision proposed", decision, by=by, after=kept)
    return decision


@transaction.atomic
def edit_decision(
    decision: RecordOfDecision, *, parts: Mapping[str, str], by: Actor, at: datetime, seen: str | None = None
) -> RecordOfDecision:
    """Write the parts of a decision anew; refused once it is taken or withdrawn.

    `seen` is the mark of what its form began with (`mark_of_parts`), None where there was none. Raises
    `ChangedMeanwhile` where the record says other words than those.
    """
    entitled(decision.agreement, Permission.RECORD_DECISION, by)
    held = _held(decision)
    if held.is_settled:
        raise Refused(f"Decision {held.number} is {held.status}, so what it says stays. Propose another decision.")
    kept = _as_kept(parts)
    before = {name: getattr(held, name) for name, text in kept.items() if getattr(held, name) != text}
    if not before:
        raise Refused(f"Nothing of decision {held.number} is different, so nothing was saved.")
    _refuse_unless_seen(held, seen)
    if "number" in before:
        _refuse_used_number(held.agreement, kept["number"])
    with refused_where(AT_ONCE):
        RecordOfDecision.objects.filter(pk=held.pk).update(**kept)
    held.refresh_from_db()
    _record("decision edited", held, by=by, before=before, after={name: kept[name] for name in before})
    return held


def parts_of(decision: RecordOfDecision) -> dict[str, str]:
    """What the parts of a record say, by the names in PARTS."""
    return {name: getattr(decision, name) for name in PARTS}


def mark_of_parts(decision: RecordOfDecision) -> str:
    """What tells the words of a record, which its form shows, from what they are later."""
    return mark_of(parts_of(decision))


@transaction.atomic
def record_taken(decision: RecordOfDecision, *, on: date, by: Actor, at: datetime) -> RecordOfDecision:
    """Record that a proposed decision was taken on a day that has come."""
    entitled(decision.agreement, MOVES[S.PROPOSED, S.TAKEN].permission, by)
    held = _held(decision)
    _refuse_unless_may_become(held, S.TAKEN)
    if on > _day_of(at):
        raise Refused(f"{day(on)} is still to come. Record the decision once it is taken.")
    first = held.discussions.order_by("held_on").first()
    if first is not None and on < first.held_on:
        raise Refused(
            f"{first.body} discussed it on {day(first.held_on)}, so it was not taken on {day(on)}. Give a later day."
        )
    return _moved(held, S.TAKEN, on=on, reason="", by=by, at=at)


@transaction.atomic
def withdraw_decision(decision: RecordOfDecision, *, reason: str, by: Actor, at: datetime) -> RecordOfDecision:
    """Withdraw a proposed decision, for a reason."""
    entitled(decision.agreement, MOVES[S.PROPOSED, S.WITHDRAWN].permission, by)
    why = needed(reason, "The reason for withdrawing the decision")
    held = _held(decision)
    _refuse_unless_may_become(held, S.WITHDRAWN)
    return _moved(held, S.WITHDRAWN, on=_day_of(at), reason=why, by=by, at=at)


@transaction.atomic
def add_discussion(
    decision: RecordOfDecision, *, body: str, held_on: date, outcome: str = "", by: Actor, at: datetime
) -> Discussion:
    """Add a meeting that discussed a decision, or is going to. Also once it is taken: a decision can be called in."""
    entitled(decision.agreement, Permission.RECORD_DECISION, by)
    where = needed(body, "The committee or board", LONGEST_BODY)
    came = written(outcome, "What it recommended", LONGEST_OUTCOME)
    held = _held(decision)
    if held.discussions.filter(body=where, held_on=held_on).exists():
        raise Refused(f"{where} of {day(held_on)} is there already, so nothing was added.")
    discussion = Discussion.objects.create(decision=held, body=where, held_on=held_on, outcome=came)
    _record("discussion of a decision added", held, by=by, after={"discussion": str(discussion), "outcome": came})
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


def _day_of(at: datetime) -> date:
    return timezone.localtime(at).date()


def _as_kept(parts: Mapping[str, str]) -> dict[str, str]:
    """The parts that are given, as they are kept; refused where one is too long, or one that is needed is missing."""
    kept = {name: written(parts[name], what, longest_of(name)) for name, what in PARTS.items() if name in parts}
    for name in NEEDED:
        needed(kept.get(name, ""), PARTS[name])
    return kept


def longest_of(name: str) -> int:
    """The most characters that are kept of a part of a record."""
    return getattr(RecordOfDecision._meta.get_field(name), "max_length", None) or LONGEST_TEXT


def _refuse_unless_seen(decision: RecordOfDecision, seen: str | None) -> None:
    if seen is None or seen == mark_of_parts(decision):
        return
    raise ChangedMeanwhile(
        f"Somebody changed decision {decision.number} after you opened this page, so nothing of yours was saved. What "
        "it says now stands beside what you typed: change yours, or save it in its place.",
        saved=parts_of(decision),
        mark=mark_of_parts(decision),
    )


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
