"""What a share of money can be a share of, and which of the bases gives a share that a paper printed. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from contracts.arithmetic import agrees
from contracts.formatting import count_of, percent, pounds
from funding.shares import Share


class Basis(StrEnum):
    """The amount that an element's money is held against."""

    CONTRACT = "contract"
    COUNCIL = "council"
    OPEN_BOOK = "open-book"
    OPEN_BOOK_YEAR = "open-book-year"

    @property
    def heading(self) -> str:
        """As it is chosen: "Contract value"."""
        return HEADINGS[self]

    @property
    def whole(self) -> str:
        """As it is named in a sentence: "the contract’s value"."""
        return WHOLES[self]


HEADINGS = {
    Basis.CONTRACT: "Contract value",
    Basis.COUNCIL: "The council’s funding",
    Basis.OPEN_BOOK: "Open-book spend of the month",
    Basis.OPEN_BOOK_YEAR: "Open-book spend since April",
}
WHOLES = {
    Basis.CONTRACT: "the contract’s value",
    Basis.COUNCIL: "the council’s funding",
    Basis.OPEN_BOOK: "the month’s open-book spend",
    Basis.OPEN_BOOK_YEAR: "the open-book spend since April",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in pounds with its name, and where it is stated."""

    name: str
    pounds: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class TriedBase:
    """One amount held against one base."""

    part: Amount
    whole: Amount

    @property
    def percent(self) -> Decimal:
        """The share in percent, unrounded; 0 for nothing of nothing."""
        return Share(self.part.pounds, self.whole.pounds).percent or Decimal(0)

    def gives(self, stated: Decimal, step: Decimal) -> bool:
        """Whether the share, rounded half up to the last digit printed, is what was printed."""
        return agrees(stated, self.percent, step)


def one_of_each_amount(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """The amounts without repeats: the first name stays, with every source that states the same amount."""
    held: dict[Decimal, Amount] = {}
    for amount in amounts:
        first = held.setdefault(amount.pounds, amount)
        if amount.source not in first.source.split("; "):
            held[amount.pounds] = Amount(first.name, first.pounds, f"{first.source}; {amount.source}")
    return tuple(held.values())


def tried_bases(
    parts: Iterable[Amount], wholes: Iterable[Amount], pairs: Iterable[TriedBase], stated: Decimal
) -> tuple[TriedBase, ...]:
    """Every part of every whole that is larger than it, and the `pairs` given; nearest to `stated` first."""
    bases = one_of_each_amount(wholes)
    tried = [
        TriedBase(part, whole) for part in one_of_each_amount(parts) for whole in bases if whole.pounds > part.pounds
    ]
    return tuple(sorted([*tried, *pairs], key=lambda one: abs(one.percent - stated)))


def conclusion(tried: Sequence[TriedBase], stated: Decimal, step: Decimal, stated_as: str) -> str:
    """Whether any of the bases tried gives what was printed, and that this is not what was meant."""
    fitting = [one for one in tried if one.gives(stated, step)]
    count = count_of(len(tried), "base")
    unnamed = "The paper does not name its base"
    if not fitting:
        return f"None of the {count} tried gives {stated_as} to the digits printed. {unnamed}."
    told = "; ".join(
        f"{pounds(one.part.pounds)} of {pounds(one.whole.pounds)} ({one.whole.name}, {one.whole.source}) is "
        f"{percent(one.percent)}"
        for one in fitting
    )
    verb = "gives" if len(fitting) == 1 else "give"
    return (
        f"{len(fitting)} of the {count} tried {verb} {stated_as} to the digits printed: {told}. "
        f"{unnamed}, so this says what fits, not what was meant."
    )
