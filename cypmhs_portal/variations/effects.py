"""What a variation moves, before and after, as its page shows it: made of figures and of money."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from contracts.formatting import day, month_name
from contracts.models import Variation, VariationPart
from contracts.periods import month_start
from contracts.variations.effects import ask_me_for_effects
from cypmhs_portal.variations.money_effects import ELEMENT, FUNDING, money_effects
from cypmhs_portal.variations.verdict_effects import verdict_effects

CLOCKS, DUE_DAYS, WITHHOLDING = "clock", "due-day", "withholding"


def tell_effects() -> None:
    """Have contracts keep what a variation moved when its last party signs."""
    ask_me_for_effects(effects_of_variation)


def effects_of_variation(variation: Variation, at: datetime) -> dict[str, Any]:
    """What the variation moves, by what is known now."""
    parts = list(variation.parts.order_by("position", "pk"))
    return {
        "money": money_effects(variation, parts),
        "verdicts": verdict_effects(variation, parts, at),
        "sentences": list(_sentences(variation, parts, at)),
    }


def _sentences(variation: Variation, parts: Sequence[VariationPart], at: datetime) -> list[str]:
    """What else follows, in sentences."""
    subjects, from_day = {part.subject for part in parts}, day(variation.in_force_from)
    from_month = month_name(variation.in_force_from)
    said = [f"Months before {from_month} are judged and paid as agreed until now, and what was shown of them stays."]
    if variation.in_force_from <= timezone.localdate(at):
        said.insert(
            0,
            f"It begins on {from_day}, which is not to come any more: what was reported since is judged and paid anew, "
            "and open notices may rest on it.",
        )
    said += [
        f"No figure of {part.label} is worked out for a month that ends on {from_day} or later, and no instalment "
        "is due for it from that day."
        for part in parts
        if part.subject == ELEMENT
    ]
    if subjects & {FUNDING, ELEMENT}:
        said.append(f"Shares of contract value and of the council’s money are worked out anew from {from_month} on.")
    if subjects & {FUNDING, ELEMENT} and month_start(variation.in_force_from) < month_start(at.date()):
        said.append(
            "What was paid stays as it was certified: the next payment proposes the difference as a correction."
        )
    if CLOCKS in subjects:
        said.append(
            f"Clocks that start on {from_day} or later run by the new count; those that run already keep theirs."
        )
    if WITHHOLDING in subjects:
        said.append(
            f"Notices whose withholding begins on {from_day} or later withhold by the new terms; those that withhold "
            "already keep theirs."
        )
    if DUE_DAYS in subjects:
        said.append(f"Returns of months that end on {from_day} or later, and are still open, get their due days anew.")
    return said
