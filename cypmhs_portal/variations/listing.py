"""The variations of an agreement, the newest first."""

from dataclasses import dataclass
from datetime import date

from contracts.access import Standing
from contracts.formatting import count_of, day
from contracts.models import Variation
from contracts.permissions import Permission
from contracts.variations.moves import VariationState
from cypmhs_portal.variations.sight import visible_variations
from cypmhs_portal.variations.who_may import names_of, waiting_for

S = VariationState
COLOURS = {S.DRAFT: "grey", S.PROPOSED: "yellow", S.AGREED: "green", S.DECLINED: "red"}


@dataclass(frozen=True, slots=True)
class VariationRow:
    """One variation in the list."""

    variation: Variation
    state: str
    colour: str
    changes: str
    next: str


@dataclass(frozen=True, slots=True)
class VariationsPage:
    """What the list shows."""

    rows: tuple[VariationRow, ...]
    may_draft: bool
    reading: str


def variations_page(standing: Standing, on: date) -> VariationsPage:
    """The variations that the reader may see, and in one sentence how they stand."""
    rows = tuple(_row(one, on) for one in visible_variations(standing).order_by("-number"))
    return VariationsPage(rows, standing.may(Permission.PROPOSE_VARIATION), _reading(rows))


def state_in_words(variation: Variation, on: date) -> str:
    """Its state; what is agreed is in force once its day has come."""
    if variation.state != S.AGREED:
        return variation.get_state_display()
    return "In force" if variation.in_force_from <= on else "Agreed"


def colour_of(variation: Variation) -> str:
    """The colour of its tag."""
    return COLOURS.get(S(variation.state), "grey")


def _row(variation: Variation, on: date) -> VariationRow:
    waits = variation.state == S.PROPOSED
    return VariationRow(
        variation=variation,
        state=state_in_words(variation, on),
        colour=colour_of(variation),
        changes=count_of(len(variation.parts.all()), "change"),
        next=f"{names_of(waiting_for(variation))} to sign" if waits else _since(variation, on),
    )


def _since(variation: Variation, on: date) -> str:
    if variation.state == S.AGREED:
        return f"In force {'since' if variation.in_force_from <= on else 'from'} {day(variation.in_force_from)}"
    return f"{variation.drafted_for.short_name} to propose it" if variation.state == S.DRAFT else ""


def _reading(rows: tuple[VariationRow, ...]) -> str:
    waiting = [one for one in rows if one.variation.state == S.PROPOSED]
    if not rows:
        return "Nobody has proposed to change what is agreed."
    if not waiting:
        return "No variation waits for a signature."
    if len(waiting) == 1:
        return f"One variation waits for a signature: {waiting[0].next}."
    return f"{len(waiting)} variations wait for signatures."
