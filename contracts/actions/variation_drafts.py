"""Drafting a variation: what it says, and what it changes. Only its own side sees and edits a draft."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from contracts.actions.refusals import Refused
from contracts.actions.variation_moving import acting, held, hold_agreement, record, sides_with
from contracts.audit import Actor
from contracts.formatting import day
from contracts.models import Agreement, Variation, VariationMove, VariationPart
from contracts.permissions import Permission
from contracts.variations.applying import fitting, subject_of
from contracts.variations.moves import MAY_BE_COPIED, VariationState
from contracts.variations.ranges import held_on
from contracts.variations.said import VariationSaid
from contracts.variations.subjects import subject_called, thing_of

S = VariationState
LONGEST_TITLE, LONGEST_REFERENCE, LONGEST_NOTICE = 120, 120, 60


@transaction.atomic
def draft_variation(agreement: Agreement, *, said: VariationSaid, by: Actor, at: datetime) -> Variation:
    """Begin a draft for the person's own organisation."""
    variation = _begin(agreement, said, by=by, at=at)
    record("drafted", variation, by=by)
    return variation


@transaction.atomic
def edit_variation(variation: Variation, *, said: VariationSaid, by: Actor, at: datetime) -> Variation:
    """Change what a draft says."""
    draft = own_draft(variation, by)
    refuse_what_cannot_be(draft.agreement, said)
    before = {name: getattr(draft, name) for name in ("title", "reason", "in_force_from", "decision_id")}
    _say(draft, said)
    draft.save()
    record("draft changed", draft, by=by, before=before, title=draft.title, in_force_from=draft.in_force_from)
    return draft


@transaction.atomic
def set_part(
    variation: Variation,
    *,
    subject: str,
    thing: str,
    values: Mapping[str, str | int | None] | None,
    by: Actor,
    at: datetime,
) -> VariationPart:
    """Have a draft change a thing to `values` from its day on, or end it (None); in the place of what it said of it."""
    draft = own_draft(variation, by)
    known = subject_called(subject)
    found = thing_of(known, draft.agreement, thing) if known else None
    if known is None or found is None:
        raise Refused("Choose what changes from the list: the agreement has no such thing.")
    if values is None and not known.can_end:
        raise Refused(f"{found.label} cannot end while the agreement runs: give the new term.")
    said = dict(values) if values is not None else None
    VariationPart.objects.filter(variation=draft, subject=subject, thing=thing).delete()
    last = draft.parts.aggregate(last=Max("position"))["last"] or 0
    part = VariationPart(
        variation=draft, subject=subject, thing=thing, label=found.label[:240], values=said, position=last + 1
    )
    terms = known.terms(draft.agreement, thing)
    fitting(part, draft, terms)
    term = held_on(terms, draft.in_force_from)
    part.held = term.as_record() if term else None
    part.save()
    record("draft changed", draft, by=by, part=part.label, values=said)
    return part


@transaction.atomic
def remove_part(part: VariationPart, *, by: Actor, at: datetime) -> Variation:
    """Have a draft leave a thing as it is."""
    draft = own_draft(part.variation, by)
    VariationPart.objects.filter(pk=part.pk, variation=draft).delete()
    record("draft changed", draft, by=by, before={"part": part.label, "values": part.values}, removed=part.label)
    return draft


@transaction.atomic
def copy_variation(variation: Variation, *, by: Actor, at: datetime) -> Variation:
    """Begin a draft that says the same, to be changed and proposed in the place of one that is not agreed."""
    original = held(variation)
    if S(original.state) not in MAY_BE_COPIED or original.proposed_at is None:
        raise Refused(
            f"{original.short_number} is {original.get_state_display().lower()}: only what was proposed and is not "
            "agreed can be copied. Draft a new variation to change what is agreed."
        )
    draft = _begin(original.agreement, _said_by(original), by=by, at=at, replaces=original)
    for part in original.parts.order_by("position", "pk"):
        _copy_part(part, draft)
    record("drafted", draft, by=by, copied_from=original.short_number)
    return draft


def own_draft(variation: Variation, by: Actor) -> Variation:
    """The draft, held; refused to people of another side, and once it is proposed."""
    draft = held(variation)
    sides = sides_with(by, draft.agreement, Permission.PROPOSE_VARIATION)
    if draft.drafted_for not in sides:
        raise Refused(f"Only {draft.drafted_for.short_name}’s own people can change its draft.")
    if draft.state != S.DRAFT:
        raise Refused(
            f"{draft.short_number} is {draft.get_state_display().lower()} and is not edited any more. "
            "Copy it to propose something else."
        )
    return draft


def refuse_what_cannot_be(agreement: Agreement, said: VariationSaid) -> None:
    """Refuse a first day outside the agreement, and texts that are missing or too long."""
    if not said.title.strip() or not said.reason.strip():
        raise Refused("Give the variation a title and a reason.")
    if len(said.title) > LONGEST_TITLE or len(said.notice_reference) > LONGEST_REFERENCE:
        raise Refused(f"Keep the title and the reference of the notice to {LONGEST_TITLE} characters each.")
    if not agreement.starts_on < said.in_force_from < agreement.ends_on:
        raise Refused(
            f"The agreement runs from {day(agreement.starts_on)} until {day(agreement.ends_on)}: a variation comes "
            "into force on a day between the two."
        )
    if (said.notice_given_on is None) != (said.notice_months is None):
        raise Refused("Give the day of the notice and its months together, or neither.")
    if said.notice_months is not None and not 1 <= said.notice_months <= LONGEST_NOTICE:
        raise Refused(f"Give from 1 to {LONGEST_NOTICE} months of notice.")


def _begin(
    agreement: Agreement, said: VariationSaid, *, by: Actor, at: datetime, replaces: Variation | None = None
) -> Variation:
    side = sides_with(by, agreement, Permission.PROPOSE_VARIATION)[0]
    hold_agreement(agreement)
    refuse_what_cannot_be(agreement, said)
    last = agreement.variations.aggregate(last=Max("number"))["last"] or 0
    draft = Variation(
        agreement=agreement,
        number=last + 1,
        replaces=replaces,
        drafted_by=acting(by),
        drafted_by_name=by.name,
        drafted_for=side,
        drafted_at=at,
    )
    _say(draft, said)
    draft.save()
    VariationMove.objects.create(
        variation=draft, to_state=S.DRAFT, by=acting(by), by_name=by.name, organisation=side, at=at
    )
    return draft


def _say(draft: Variation, said: VariationSaid) -> None:
    if said.decision is not None and not draft.agreement.decisions.filter(pk=said.decision).exists():
        raise Refused("Choose a decision of this agreement, or none.")
    draft.title, draft.reason = said.title.strip(), said.reason.strip()
    draft.in_force_from, draft.decision_id = said.in_force_from, said.decision
    draft.notice_given_on, draft.notice_months = said.notice_given_on, said.notice_months
    draft.notice_reference = said.notice_reference.strip()


def _said_by(variation: Variation) -> VariationSaid:
    return VariationSaid(
        title=variation.title,
        reason=variation.reason,
        in_force_from=variation.in_force_from,
        decision=variation.decision_id,
        notice_given_on=variation.notice_given_on,
        notice_months=variation.notice_months,
        notice_reference=variation.notice_reference,
    )


def _copy_part(part: VariationPart, draft: Variation) -> None:
    """A part as it would be drafted now; what it held is read anew."""
    term = held_on(subject_of(part).terms(draft.agreement, part.thing), draft.in_force_from)
    VariationPart.objects.create(
        variation=draft,
        subject=part.subject,
        thing=part.thing,
        label=part.label,
        held=term.as_record() if term else part.held,
        values=part.values,
        position=part.position,
    )
