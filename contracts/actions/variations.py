"""Proposing, signing, declining and withdrawing a variation. The last signature puts its terms in place."""

from datetime import datetime

from django.db import transaction

from contracts.actions.refusals import ChangedMeanwhile, Refused
from contracts.actions.variation_drafts import own_draft
from contracts.actions.variation_moving import acting, held, move, record, refuse_unless_may_become, sides_with
from contracts.actions.variation_words import mark_of_draft
from contracts.audit import Actor
from contracts.changes import DueDayChange, TermsChange, due_days_changed, terms_changed
from contracts.formatting import day
from contracts.models import Organisation, Variation, VariationPart, VariationSignatory, VariationSignature
from contracts.permissions import Permission
from contracts.variations.applying import apply_parts, fitting, subject_of, terms_of
from contracts.variations.effects import effects_of
from contracts.variations.moves import VariationState
from contracts.variations.ranges import held_on
from contracts.variations.said import notice_ends_on
from contracts.variations.sides import who_must_sign

S = VariationState


@transaction.atomic
def propose_variation(variation: Variation, *, by: Actor, at: datetime, seen: str | None = None) -> Variation:
    """Put a draft before the other parties. It signs for the proposer's own organisation.

    `seen` is the mark of the draft that its page showed (`mark_of_draft`), None where none did: another is not signed.
    """
    draft = own_draft(variation, by)
    if seen is not None and seen != mark_of_draft(draft):
        raise ChangedMeanwhile(
            f"Somebody changed {draft.short_number} after you opened this page, so nothing was proposed. This is what "
            "it says and changes now: sign it if it still holds."
        )
    parts = list(draft.parts.order_by("position", "pk"))
    if not parts:
        raise Refused("The draft changes nothing yet: add what is to change before you propose it.")
    _refuse_short_notice(draft)
    _refuse_what_others_change(draft, parts)
    for part in parts:
        _freeze(part, draft)
    must_sign = who_must_sign(draft.agreement)
    if not {one.pk for one in must_sign} - {draft.drafted_for_id}:
        raise Refused("No other party must sign variations of this agreement, so none can be agreed.")
    VariationSignatory.objects.bulk_create(VariationSignatory(variation=draft, organisation=one) for one in must_sign)
    draft.proposed_by, draft.proposed_by_name, draft.proposed_at = acting(by), by.name, at
    move(draft, S.PROPOSED, by=by, at=at, side=draft.drafted_for)
    _sign(draft, draft.drafted_for, by=by, at=at)
    replaced = _supersede(draft, by=by, at=at)
    record("proposed", draft, by=by, parts=_said_of(parts), in_force_from=draft.in_force_from, replaces=replaced)
    return draft


@transaction.atomic
def sign_variation(variation: Variation, *, by: Actor, at: datetime) -> Variation:
    """Sign for the person's organisation. With the last signature the new terms are put in place."""
    proposed = held(variation)
    side = _side_that_signs(proposed, by)
    _sign(proposed, side, by=by, at=at)
    waiting = _waiting(proposed)
    if waiting:
        record("signed", proposed, by=by, signed_for=side.short_name, waits_for=[one.short_name for one in waiting])
        return proposed
    # Before the terms change: what it moves is told by what is agreed without it.
    proposed.effects = effects_of(proposed, at)
    parts = apply_parts(proposed)
    proposed.agreed_at = at
    move(proposed, S.AGREED, by=by, at=at, side=side)
    _record_agreed(proposed, parts, by=by, side=side)
    _tell(proposed, parts, by=by, at=at)
    return proposed


@transaction.atomic
def decline_variation(variation: Variation, *, reason: str, by: Actor, at: datetime) -> Variation:
    """Refuse to sign, for a party that must: the variation ends there."""
    proposed = held(variation)
    refuse_unless_may_become(proposed, S.DECLINED, by, reason)
    side = _side_that_signs(proposed, by)
    move(proposed, S.DECLINED, by=by, at=at, side=side, reason=reason)
    record("declined", proposed, by=by, reason=reason.strip(), declined_for=side.short_name)
    return proposed


@transaction.atomic
def withdraw_variation(variation: Variation, *, reason: str, by: Actor, at: datetime) -> Variation:
    """Take back what one's own side drafted or proposed, before everybody has signed."""
    before = held(variation)
    side = refuse_unless_may_become(before, S.WITHDRAWN, by, reason)
    move(before, S.WITHDRAWN, by=by, at=at, side=side, reason=reason)
    record("withdrawn", before, by=by, reason=reason.strip())
    return before


def _side_that_signs(variation: Variation, by: Actor) -> Organisation:
    """The organisation for which the person may sign now; refused with the reason where there is none."""
    sides = sides_with(by, variation.agreement, Permission.SIGN_VARIATION)
    if variation.state != S.PROPOSED:
        raise Refused(
            f"{variation.short_number} is {variation.get_state_display().lower()}, so nobody signs it now. "
            "Somebody may have acted before you: look at the page again."
        )
    own = variation.signatures.filter(by=acting(by)).select_related("organisation").first()
    if own is not None:
        raise Refused(
            f"You signed {variation.short_number} for {own.organisation.short_name}, so somebody else signs it next."
        )
    if variation.proposed_by_id == acting(by).pk:
        raise Refused(f"You proposed {variation.short_number}, so somebody else signs it next.")
    waiting = _waiting(variation)
    found = next((one for one in waiting if one in sides), None)
    if found is None:
        names = " and ".join(one.short_name for one in waiting)
        raise Refused(f"{variation.short_number} waits for the signature of {names}, for which you do not sign.")
    return found


def _waiting(variation: Variation) -> list[Organisation]:
    """The organisations that must sign and have not."""
    signed = set(variation.signatures.values_list("organisation_id", flat=True))
    asked = variation.signatories.select_related("organisation").order_by("pk")
    return [one.organisation for one in asked if one.organisation_id not in signed]


def _sign(variation: Variation, side: Organisation, *, by: Actor, at: datetime) -> None:
    VariationSignature.objects.create(variation=variation, organisation=side, by=acting(by), by_name=by.name, at=at)


def _freeze(part: VariationPart, draft: Variation) -> None:
    """Keep in a part the term that it changes, as it is now; refused where the two do not fit."""
    terms = terms_of(part, draft.agreement)
    fitting(part, draft, terms)
    term = held_on(terms, draft.in_force_from)
    part.held = term.as_record() if term else None
    part.save(update_fields=["held"])


def _refuse_short_notice(draft: Variation) -> None:
    ends = notice_ends_on(draft.notice_given_on, draft.notice_months)
    if ends and draft.in_force_from < ends:
        raise Refused(
            f"The notice ends on {day(ends)}, after the first day in force, {day(draft.in_force_from)}. "
            "Let the variation come into force when the notice has ended."
        )


def _refuse_what_others_change(draft: Variation, parts: list[VariationPart]) -> None:
    """Refuse to propose two variations of one thing side by side; the one that this replaces does not count."""
    others = VariationPart.objects.filter(variation__agreement=draft.agreement, variation__state=S.PROPOSED)
    others = others.exclude(variation=draft.replaces_id).select_related("variation")
    taken = {(one.subject, one.thing): one.variation for one in others}
    for part in parts:
        other = taken.get((part.subject, part.thing))
        if other:
            raise Refused(
                f"{part.label}: {other.short_number}, which is proposed, changes the same. Sign or withdraw that "
                "one first."
            )


def _supersede(draft: Variation, *, by: Actor, at: datetime) -> str:
    """Put an end to what a copy is proposed in the place of; returns its number, or nothing."""
    if draft.replaces is None:
        return ""
    original = held(draft.replaces)
    if original.state != S.PROPOSED:
        return ""
    side = refuse_unless_may_become(original, S.SUPERSEDED, by)
    move(original, S.SUPERSEDED, by=by, at=at, side=side, reason=f"{draft.short_number} is proposed in its place")
    return original.short_number


def _said_of(parts: list[VariationPart]) -> dict[str, object]:
    return {part.label: part.values or "ends" for part in parts}


def _record_agreed(variation: Variation, parts: list[VariationPart], *, by: Actor, side: Organisation) -> None:
    """Say what was agreed before and after, and of which kinds: money is found by them in the trail."""
    record(
        "agreed",
        variation,
        by=by,
        before={"parts": {part.label: part.held and part.held["values"] for part in parts}},
        signed_for=side.short_name,
        in_force_from=variation.in_force_from,
        subjects=sorted({part.subject for part in parts}),
        parts=_said_of(parts),
    )


def _tell(variation: Variation, parts: list[VariationPart], *, by: Actor, at: datetime) -> None:
    """Say that terms, and where it is so due days, are others than they were."""
    agreement, reason = variation.agreement, f"Variation {variation} was agreed"
    terms_changed(TermsChange(agreement, variation.in_force_from, reason, by, at))
    if any(subject_of(part).moves_due_days for part in parts):
        due_days_changed(DueDayChange(agreement, reason, by, at))
