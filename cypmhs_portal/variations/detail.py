"""A variation in full: the terms side by side, what moves, who signed, what happened and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.access import Standing
from contracts.formatting import count_of, day
from contracts.models import Variation, VariationMove, VariationPart
from contracts.variations.moves import OPEN, VariationState
from contracts.variations.ranges import DoesNotFit, Term, Values, change_of, held_on
from contracts.variations.said import notice_ends_on
from contracts.variations.subjects import Thing, Words, subject_called
from cypmhs_portal.variations.effects import effects_of_variation
from cypmhs_portal.variations.listing import colour_of, state_in_words
from cypmhs_portal.variations.sight import visible_variations
from cypmhs_portal.variations.who_may import VariationSteps, names_of, variation_steps, waiting_for

S = VariationState


@dataclass(frozen=True, slots=True)
class Side:
    """One part with its old and new term in words; `problem` where it no longer fits what is agreed."""

    part: VariationPart
    kind: str
    old: Words
    new: Words
    problem: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A party that must sign: by whom it did and when, or that it has not."""

    organisation: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of what happened."""

    title: str
    who: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class VariationPage:
    """Everything the page of a variation shows."""

    variation: Variation
    state: str
    colour: str
    reading: str
    sides: tuple[Side, ...]
    effects: dict[str, Any]
    signatures: tuple[Signed, ...]
    notice: str
    history: tuple[Happened, ...]
    steps: VariationSteps

    @property
    def is_draft(self) -> bool:
        """Whether it is still edited."""
        return self.variation.state == S.DRAFT

    @property
    def is_kept(self) -> bool:
        """Whether what it moves is shown as it was kept when it was agreed or ended."""
        return self.variation.effects is not None

    @property
    def kept_when(self) -> str:
        """When what it moves was kept: "when the last party signed", or when it ended without that."""
        is_agreed = self.variation.state == S.AGREED
        return "when the last party signed" if is_agreed else f"when it was {self.state.lower()}"

    @property
    def kept_at(self) -> datetime:
        """The moment of that, which is the last of its history."""
        return self.history[0].at


def variation_for(standing: Standing, number: int) -> Variation:
    """The variation of that number; `Variation.DoesNotExist` where the reader sees none."""
    return visible_variations(standing).get(number=number)


def variation_page(variation: Variation, standing: Standing, on: date, at: datetime) -> VariationPage:
    """The page of a variation for this reader."""
    return VariationPage(
        variation=variation,
        state=state_in_words(variation, on),
        colour=colour_of(variation),
        reading=_reading(variation, on),
        sides=tuple(_sides(variation)),
        effects=variation.effects or effects_of_variation(variation, at),
        signatures=tuple(_signatures(variation)),
        notice=_notice(variation),
        history=tuple(_history(variation)),
        steps=variation_steps(variation, standing),
    )


def _reading(variation: Variation, on: date) -> str:
    """The page in one sentence."""
    changes, first = count_of(len(variation.parts.all()), "change"), day(variation.in_force_from)
    match S(variation.state):
        case S.DRAFT:
            return f"A draft of {variation.drafted_for.short_name}: {changes} from {first}. Nobody else sees it yet."
        case S.PROPOSED:
            return f"{changes} from {first}. {names_of(waiting_for(variation))} must sign before anything changes."
        case S.AGREED:
            return f"{changes}, in force {'since' if variation.in_force_from <= on else 'from'} {first}."
        case _:
            return f"{changes} from {first}, which did not come about. The terms stay as they are."


def _sides(variation: Variation) -> list[Side]:
    parts = sorted(variation.parts.all(), key=lambda part: (part.position, part.pk))
    things: dict[str, dict[str, Thing]] = {}
    for code in {part.subject for part in parts}:
        subject = subject_called(code)
        listed = subject.list_things(variation.agreement) if subject else ()
        things[code] = {one.key: one for one in listed}
    return [_side(variation, part, things[part.subject].get(part.thing)) for part in parts]


def _side(variation: Variation, part: VariationPart, thing: Thing | None) -> Side:
    subject = subject_called(part.subject)
    if subject is None or thing is None:
        return Side(part, part.subject, (), (), "The agreement has no such thing any more.")
    terms = subject.terms(variation.agreement, part.thing) if variation.state in OPEN else ()
    held = _held(variation, part, terms)
    return Side(
        part=part,
        kind=subject.name,
        old=subject.in_words(thing, held) if held is not None else (("", "nothing agreed"),),
        new=subject.in_words(thing, part.values) if part.values is not None else (("", _ends(variation)),),
        problem=_problem(variation, part, terms) if variation.state in OPEN else "",
    )


def _held(variation: Variation, part: VariationPart, terms: Sequence[Term]) -> Values | None:
    """What the term says that the part changes: a draft's by its day as it is now, else as it was proposed."""
    if variation.state == S.DRAFT:
        term = held_on(terms, variation.in_force_from)
        return term.values if term else None
    return part.held["values"] if part.held else None


def _ends(variation: Variation) -> str:
    return f"ends on {day(variation.in_force_from)}, the first day without it"


def _problem(variation: Variation, part: VariationPart, terms: Sequence[Term]) -> str:
    """Why a part no longer fits what is agreed; empty where it does."""
    try:
        change = change_of(terms, variation.in_force_from, part.values)
    except DoesNotFit as why:
        return f"It cannot be signed as it is: {why}."
    now = change.ended.as_record() if change.ended else None
    if variation.state == S.PROPOSED and now != part.held:
        return "It cannot be signed as it is: what is agreed for that day is other than when it was proposed."
    return ""


def _signatures(variation: Variation) -> list[Signed]:
    signed = {one.organisation_id: one for one in variation.signatures.all()}
    found = []
    for asked in variation.signatories.all():
        own = signed.get(asked.organisation_id)
        found.append(Signed(asked.organisation.name, own.by_name if own else "", own.at if own else None))
    return found


def _notice(variation: Variation) -> str:
    ends = notice_ends_on(variation.notice_given_on, variation.notice_months)
    if ends is None:
        return ""
    months = count_of(variation.notice_months or 0, "calendar month")
    return f"{months} from {day(variation.notice_given_on)}, so it ends on {day(ends)}."


def _history(variation: Variation) -> list[Happened]:
    """The moves, and the signatures that moved nothing, the newest first."""
    moves = variation.moves.select_related("organisation").order_by("pk")
    lines = [(one.at, 2 * number, _moved(one)) for number, one in enumerate(moves)]
    signed = [
        (one.at, 2 * number + 1, Happened(f"Signed for {one.organisation.short_name}", one.by_name, one.at, ""))
        for number, one in enumerate(variation.signatures.all())
    ]
    return [line for _, _, line in sorted([*lines, *signed], key=lambda one: one[:2], reverse=True)]


def _moved(move: VariationMove) -> Happened:
    title = "Drafted" if move.to_state == S.DRAFT else move.get_to_state_display()
    return Happened(title, f"{move.by_name}, {move.organisation.short_name}", move.at, move.reason)
