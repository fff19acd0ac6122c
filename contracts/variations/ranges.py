"""What a change does to the dated terms of one thing: the term in force ends, the new one begins. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.formatting import day
from contracts.periods import is_in_force

# What a term says by field, as JSON holds it: numbers as text.
Values = Mapping[str, str | int | None]


class DoesNotFit(Exception):
    """A change cannot be put among the terms that are agreed; the message says why in a plain sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a thing, in force from a day until a day; `row` is its key, None where it is not stored."""

    row: int | None
    values: Values
    in_force_from: date
    in_force_until: date | None = None

    def as_record(self) -> dict[str, object]:
        """The term as a variation keeps it, to be held against what is agreed later."""
        return {
            "row": self.row,
            "values": dict(self.values),
            "from": self.in_force_from.isoformat(),
            "until": self.in_force_until.isoformat() if self.in_force_until else None,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What happens on a day: `ended` ends, `begins` begins. Either may be missing, not both."""

    ended: Term | None
    begins: Term | None


def held_on(terms: Sequence[Term], on: date) -> Term | None:
    """The term in force on a day; None where nothing is agreed for it."""
    return next((one for one in terms if is_in_force(on, one.in_force_from, one.in_force_until)), None)


def change_of(terms: Sequence[Term], on: date, values: Values | None) -> Change:
    """What `values` from the day `on` mean for the terms of one thing; None ends what is in force then.

    The new term ends when the one it follows would have ended. Raises `DoesNotFit` where it would overlap another,
    where there is nothing to end or a later term would begin all the same, and where nothing would change.
    """
    held = held_on(terms, on)
    later = min((one.in_force_from for one in terms if one.in_force_from > on), default=None)
    if held is not None and held.in_force_from == on:
        raise DoesNotFit(f"another term begins on {day(on)} itself, and the two would overlap: choose another day")
    if values is None:
        _refuse_no_end(held, later, on)
        return Change(held, None)
    if held is None and later is not None:
        raise DoesNotFit(f"a term is agreed from {day(later)}, and the new one would overlap it")
    if held is not None and dict(held.values) == dict(values):
        raise DoesNotFit(f"what is in force on {day(on)} says the same already")
    return Change(held, Term(None, values, on, held.in_force_until if held else None))


def _refuse_no_end(held: Term | None, later: date | None, on: date) -> None:
    """Refuse an end of nothing, and one that is none because a later term is agreed."""
    if held is None:
        raise DoesNotFit(f"nothing is in force on {day(on)} that could end")
    if later is not None:
        raise DoesNotFit(
            f"a term is agreed from {day(later)} and would begin in spite of the end: end that one, on a day after "
            "its first, or have it taken out of the terms before"
        )


def varied(terms: Sequence[Term], on: date, values: Values | None) -> tuple[Term, ...]:
    """The terms of a thing as they are once the change holds, the earliest first."""
    change = change_of(terms, on, values)
    kept = [Term(one.row, one.values, one.in_force_from, on) if one is change.ended else one for one in terms]
    begins = [change.begins] if change.begins else []
    return tuple(sorted([*kept, *begins], key=lambda one: one.in_force_from))
