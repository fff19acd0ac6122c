"""What a draft of a variation says: judged as it is kept, and told from what it says later."""

from collections.abc import Mapping
from dataclasses import replace

from contracts.actions.as_seen import mark_of
from contracts.actions.refusals import Refused
from contracts.actions.variation_moving import LONGEST_REASON
from contracts.actions.writing import needed, written
from contracts.formatting import day
from contracts.models import Agreement, Variation, VariationPart
from contracts.variations.said import VariationSaid

LONGEST_TITLE, LONGEST_REFERENCE, LONGEST_NOTICE = 120, 120, 60


def as_kept(agreement: Agreement, said: VariationSaid) -> VariationSaid:
    """What is said, as it is kept; refused with a first day outside the agreement, or texts missing or too long."""
    kept = replace(
        said,
        title=needed(said.title, "The title", LONGEST_TITLE),
        reason=needed(said.reason, "The reason for the variation", LONGEST_REASON),
        notice_reference=written(said.notice_reference, "The reference of the notice", LONGEST_REFERENCE),
    )
    if not agreement.starts_on < said.in_force_from < agreement.ends_on:
        raise Refused(
            f"The agreement runs from {day(agreement.starts_on)} until {day(agreement.ends_on)}: a variation comes "
            "into force on a day between the two."
        )
    if (said.notice_given_on is None) != (said.notice_months is None):
        raise Refused("Give the day of the notice and its months together, or neither.")
    if said.notice_months is not None and not 1 <= said.notice_months <= LONGEST_NOTICE:
        raise Refused(f"Give from 1 to {LONGEST_NOTICE} months of notice.")
    if said.decision is not None and not agreement.decisions.filter(pk=said.decision).exists():
        raise Refused("Choose a decision of this agreement, or none.")
    return kept


def said_by(variation: Variation) -> VariationSaid:
    """What a variation says."""
    return VariationSaid(
        title=variation.title,
        reason=variation.reason,
        in_force_from=variation.in_force_from,
        decision=variation.decision_id,
        notice_given_on=variation.notice_given_on,
        notice_months=variation.notice_months,
        notice_reference=variation.notice_reference,
    )


def mark_of_words(variation: Variation) -> str:
    """What tells the words of a draft, which its form shows, from what they are later."""
    return mark_of(said_by(variation))


def mark_of_part(part: VariationPart | None) -> str:
    """What tells what a draft says of one thing from what it says of it later; None where it says nothing."""
    return mark_of(part is None, part and part.values)


def mark_of_draft(variation: Variation) -> str:
    """What tells a draft with everything that it changes, as its page shows it, from what it is later."""
    parts = sorted((one.subject, one.thing, one.values) for one in variation.parts.all())
    return mark_of(said_by(variation), parts)


def values_kept(values: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """What the new term says; refused where a text in it cannot be kept."""
    return {name: written(one, "The new term") if isinstance(one, str) else one for name, one in values.items()}
