"""Putting what a variation says in the place of what it changes, in one transaction with its last signature."""

from django.db import IntegrityError, transaction

from contracts.actions.refusals import Refused
from contracts.formatting import day
from contracts.models import Agreement, Variation, VariationPart
from contracts.variations.ranges import Change, DoesNotFit, Term, change_of, held_on
from contracts.variations.subjects import Subject, subject_called


def subject_of(part: VariationPart) -> Subject:
    """The subject of a part; refused where the portal no longer knows it."""
    subject = subject_called(part.subject)
    if subject is None:
        raise Refused(f"“{part.label}” is of a kind that the portal cannot vary. Take it out of the variation.")
    return subject


def terms_of(part: VariationPart, agreement: Agreement) -> tuple[Term, ...]:
    """The terms, as they are now, of the thing that a part changes; locked until the transaction ends."""
    return subject_of(part).terms(agreement, part.thing, are_locked=True)


def fitting(part: VariationPart, variation: Variation, terms: tuple[Term, ...]) -> Change:
    """What a part does to the terms as they are now; refused where it would overlap or change nothing."""
    try:
        return change_of(terms, variation.in_force_from, part.values)
    except DoesNotFit as why:
        raise Refused(f"{part.label}: {why}. {variation.short_number} cannot stand beside it as it is.") from None


def refuse_changed_terms(part: VariationPart, variation: Variation, terms: tuple[Term, ...]) -> None:
    """Refuse where the term that a part changes is not the one that was shown when the variation was proposed."""
    held = held_on(terms, variation.in_force_from)
    now = held.as_record() if held else None
    if now != part.held:
        raise Refused(
            f"{part.label}: what is agreed for {day(variation.in_force_from)} is other than when "
            f"{variation.short_number} was proposed. Copy it, look at what it changes now, and propose the copy."
        )


def apply_parts(variation: Variation) -> list[VariationPart]:
    """End the old terms and write the new ones, part by part; returns the parts. The caller holds the variation."""
    parts = list(variation.parts.order_by("position", "pk"))
    for part in parts:
        terms = terms_of(part, variation.agreement)
        # First what would overlap: that sentence says more than that something is other than it was.
        change = fitting(part, variation, terms)
        refuse_changed_terms(part, variation, terms)
        _put(part, variation, change)
    return parts


def _put(part: VariationPart, variation: Variation, change: Change) -> None:
    source = f"Variation {variation.short_number}"
    try:
        with transaction.atomic():
            subject_of(part).put(variation.agreement, part.thing, change, on=variation.in_force_from, source=source)
    except IntegrityError as refused:
        rule = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None) or "a rule of the database"
        raise Refused(
            f"{part.label}: the database refused it, because it would break “{rule.replace('_', ' ')}”. "
            "Look at the terms as they are now."
        ) from None
