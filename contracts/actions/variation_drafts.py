"""Drafting a variation: what it says, and what it changes. Only its own side sees and edits a draft."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from contracts.actions.holding import hold_agreement
from contracts.actions.refusals import ChangedMeanwhile, Refused
from contracts.actions.variation_moving import acting, held, record, sides_with
from contracts.actions.variation_words import as_kept, mark_of_draft, mark_of_part, mark_of_words, said_by, values_kept
from contracts.audit import Actor
from contracts.models import Agreement, Organisation, Variation, VariationMove, VariationPart
from contracts.permissions import Permission
from contracts.variations.applying import fitting, subject_of
from contracts.variations.moves import MAY_BE_COPIED, VariationState
from contracts.variations.ranges import held_on
from contracts.variations.said import VariationSaid
from contracts.variations.subjects import Subject, Thing, subject_called, thing_of

S = VariationState


@transaction.atomic
def draft_variation(agreement: Agreement, *, said: VariationSaid, by: Actor, at: datetime) -> Variation:
    """Begin a draft for the person's own organisation.

    Where the last that they drafted says the same and nothing was added to it, a button was pressed twice: it is that.
    """
    side = _own_side(agreement, by)
    kept = as_kept(agreement, said)
    last = _last_draft_by(by, agreement)
    if last is not None and last.replaces is None and said_by(last) == kept and not last.parts.exists():
        return last
    variation = _begin(agreement, kept, side, by=by, at=at)
    record("drafted", variation, by=by)
    return variation


@transaction.atomic
def edit_variation(
    variation: Variation, *, said: VariationSaid, by: Actor, at: datetime, seen: str | None = None
) -> Variation:
    """Change what a draft says. `seen` is the mark of what its page showed (`mark_of_words`); None where none did.

    Raises `ChangedMeanwhile` where the draft says other words than those that were seen.
    """
    draft = own_draft(variation, by)
    kept, before = as_kept(draft.agreement, said), said_by(draft)
    if kept == before:
        raise Refused(f"Nothing of {draft.short_number} is different, so nothing was saved.")
    if seen is not None and seen != mark_of_words(draft):
        raise ChangedMeanwhile(
            f"Somebody changed {draft.short_number} after you opened this page, so nothing of yours was saved. What it "
            "says now stands beside what you typed: change yours, or save it in its place.",
            saved=asdict(before),
            mark=mark_of_words(draft),
        )
    _say(draft, kept)
    draft.save()
    was = {name: old for name, old in asdict(before).items() if old != getattr(kept, name)}
    record("draft changed", draft, by=by, before=was, **{name: getattr(kept, name) for name in was})
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
    seen: str | None = None,
) -> VariationPart:
    """Have a draft change a thing to `values` from its day on, or end it (None); in the place of what it said of it.

    `seen` is the mark of what the draft said of it when its page was opened (`mark_of_part`), None where none was.
    """
    draft = own_draft(variation, by)
    known, found = _what_changes(draft, subject, thing)
    if values is None and not known.can_end:
        raise Refused(f"{found.label} cannot end while the agreement runs: give the new term.")
    said = values_kept(values) if values is not None else None
    for fault in known.faults(found, said).values() if said is not None else ():
        raise Refused(f"{fault}.")
    there = draft.parts.filter(subject=subject, thing=thing).first()
    if seen is not None and seen != mark_of_part(there):
        if there is not None and there.values == said:
            return there
        raise _part_changed(draft, there)
    draft.parts.filter(subject=subject, thing=thing).delete()
    last = draft.parts.aggregate(last=Max("position"))["last"] or 0
    names = {"subject": subject, "thing": thing, "label": found.label[:240]}
    part = VariationPart(variation=draft, **names, values=said, position=last + 1)
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
    if not VariationPart.objects.filter(pk=part.pk, variation=draft).delete()[0]:
        raise Refused(f"{part.label} is no part of {draft.short_number} any more, so nothing was changed.")
    record("draft changed", draft, by=by, before={"part": part.label, "values": part.values}, removed=part.label)
    return draft


@transaction.atomic
def copy_variation(variation: Variation, *, by: Actor, at: datetime) -> Variation:
    """Begin a draft that says the same, to be changed and proposed in the place of one that is not agreed.

    Where the last that the person drafted is such a copy and still says the same, a button was pressed twice: it is
    that.
    """
    original = held(variation)
    if S(original.state) not in MAY_BE_COPIED or original.proposed_at is None:
        raise Refused(
            f"{original.short_number} is {original.get_state_display().lower()}: only what was proposed and is not "
            "agreed can be copied. Draft a new variation to change what is agreed."
        )
    side = _own_side(original.agreement, by)
    last = _last_draft_by(by, original.agreement)
    if last is not None and last.replaces == original and mark_of_draft(last) == mark_of_draft(original):
        return last
    draft = _begin(original.agreement, said_by(original), side, by=by, at=at, replaces=original)
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


def _own_side(agreement: Agreement, by: Actor) -> Organisation:
    """The organisation that the person drafts for; the agreement is held, so that drafts are begun in turn."""
    side = sides_with(by, agreement, Permission.PROPOSE_VARIATION)[0]
    hold_agreement(agreement)
    return side


def _begin(
    agreement: Agreement,
    said: VariationSaid,
    side: Organisation,
    *,
    by: Actor,
    at: datetime,
    replaces: Variation | None = None,
) -> Variation:
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


def _what_changes(draft: Variation, subject: str, thing: str) -> tuple[Subject, Thing]:
    known = subject_called(subject)
    found = thing_of(known, draft.agreement, thing) if known else None
    if known is None or found is None:
        raise Refused("Choose what changes from the list: the agreement has no such thing.")
    return known, found


def _part_changed(draft: Variation, part: VariationPart | None) -> ChangedMeanwhile:
    """That what the draft says of a thing is other than its page showed; with what it says now."""
    if part is None:
        now = "leaves it as it is now"
    elif part.values is None:
        now = "lets it end now"
    else:
        now = "says now what stands beside what you typed"
    return ChangedMeanwhile(
        f"Somebody changed {draft.short_number} after you opened this page, so nothing of yours was saved. It {now}: "
        "change yours, or save it in its place.",
        saved=part.values if part else None,
        mark=mark_of_part(part),
    )


def _last_draft_by(by: Actor, agreement: Agreement) -> Variation | None:
    """What the person drafted last in the agreement, where it is still a draft."""
    own = agreement.variations.filter(drafted_by=acting(by)).select_related("agreement", "replaces", "drafted_for")
    last = own.order_by("-number").first()
    return last if last is not None and last.state == S.DRAFT else None


def _say(draft: Variation, said: VariationSaid) -> None:
    for name, value in asdict(said).items():
        setattr(draft, "decision_id" if name == "decision" else name, value)


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
