"""What a variation does to the council's instalments, month by month until the agreement ends. Pure; exact pence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from contracts.periods import is_in_force, months_between
from contracts.variations.ranges import Term, Values, varied
from funding.instalments import PENNY, instalment_due

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Line:
    """What one funder pays a year for one thing, from a day until a day. `element` is None for the rest of it."""

    thing: str
    element: str | None
    is_councils: bool
    annual: Decimal
    begins: date
    ends: date | None

    def within(self, starts: date, ends: date, element_ends: Mapping[str, date]) -> "Line":
        """The same line, cut to the days of the agreement and of its element."""
        last = [day for day in (self.ends, ends, element_ends.get(self.element or "")) if day is not None]
        return replace(self, begins=max(self.begins, starts), ends=min(last))


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """Pounds as agreed now, and as the variation has it."""

    before: Decimal
    after: Decimal

    @property
    def moved(self) -> Decimal:
        """What the variation adds; below zero where it takes away."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """The council's money by element and by month, and the whole contract's."""

    elements: Mapping[str, BeforeAndAfter]
    remaining: Mapping[str, BeforeAndAfter]
    council: BeforeAndAfter
    contract: BeforeAndAfter
    left: BeforeAndAfter
    months: Mapping[date, BeforeAndAfter]


def with_changes(
    lines: Sequence[Line], changes: Mapping[str, Values | None], made: Mapping[str, Line], on: date
) -> list[Line]:
    """The lines as they are once `changes`, by thing, hold from `on`; `made` says of what a new thing's line is."""
    kept = [line for line in lines if line.thing not in changes]
    for thing, values in changes.items():
        own = [line for line in lines if line.thing == thing]
        terms = [
            Term(number, {"annual_amount": str(line.annual)}, line.begins, line.ends) for number, line in enumerate(own)
        ]
        like = own[0] if own else made[thing]
        kept += [
            replace(
                like,
                annual=Decimal(str(one.values["annual_amount"])),
                begins=one.in_force_from,
                ends=one.in_force_until,
            )
            for one in varied(terms, on, values)
        ]
    return kept


def money_moved(before: Sequence[Line], after: Sequence[Line], first: date, ends: date) -> MoneyMoved:
    """What the two sets of lines, each cut to its days, come to from the day `first` until the agreement ends."""
    months = months_between(first, ends)
    ours, theirs = _councils(before), _councils(after)
    elements = list(dict.fromkeys(line.element for line in [*ours, *theirs] if line.element))
    return MoneyMoved(
        elements={name: _a_year(_of(ours, name), _of(theirs, name), first) for name in elements},
        remaining={name: _left(_of(ours, name), _of(theirs, name), months, first) for name in elements},
        council=_a_year(ours, theirs, first),
        contract=_a_year(before, after, first),
        left=_left(ours, theirs, months, first),
        months={month: _left(ours, theirs, [month], first) for month in months},
    )


def _a_year(before: Iterable[Line], after: Iterable[Line], on: date) -> BeforeAndAfter:
    return BeforeAndAfter(_annual(before, on), _annual(after, on))


def _left(before: Iterable[Line], after: Iterable[Line], months: Sequence[date], first: date) -> BeforeAndAfter:
    """What is due of `months` for days from `first` on."""
    return BeforeAndAfter(_due_in(before, months, first), _due_in(after, months, first))


def _councils(lines: Iterable[Line]) -> list[Line]:
    return [one for one in lines if one.is_councils and one.element is not None]


def _of(lines: Iterable[Line], element: str) -> list[Line]:
    return [one for one in lines if one.element == element]


def _annual(lines: Iterable[Line], on: date) -> Decimal:
    return sum((one.annual for one in lines if is_in_force(on, one.begins, one.ends)), NOTHING)


def _due_in(lines: Iterable[Line], months: Iterable[date], first: date) -> Decimal:
    held = list(lines)
    return sum((_due(one, month, first) for month in months for one in held), NOTHING)


def _due(line: Line, month: date, first: date) -> Decimal:
    """What is due of a month for days from `first` on."""
    begins = max(line.begins, first)
    if line.ends is not None and line.ends <= begins:
        return NOTHING
    return instalment_due(line.annual.quantize(PENNY), month, begins, line.ends)
