"""Two caseloads in counts, as a row of a table and as a sentence. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.formatting import difference, whole
from performance.reconciliation import Kind

NOT_AVAILABLE = "not available"


@dataclass(frozen=True, slots=True)
class Counts:
    """What each side holds open at the month's end, and how many cases differ in each way; None where unknown."""

    provider: int | None
    council: int | None
    matched: int | None
    of_kind: Mapping[Kind, int | None]

    @property
    def difference(self) -> int | None:
        """The provider's caseload less the council's; None where a side is missing."""
        return None if self.provider is None or self.council is None else self.provider - self.council


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a row under its heading, as the page writes it and as a file does."""

    heading: str
    text: str
    number: str


def headings(provider: str, council: str) -> tuple[str, ...]:
    """What stands above the numbers, in their order."""
    of_kinds = (f"{provider} only", f"{council} only", "Other day", "Other route", "Other area")
    return (f"{provider} lists", f"{council} holds", "Held by both", *of_kinds, "Difference")


def cells_of(counts: Counts, provider: str, council: str) -> tuple[Cell, ...]:
    """The numbers of a row under their headings."""
    *plain, last = headings(provider, council)
    values = (counts.provider, counts.council, counts.matched, *(counts.of_kind[kind] for kind in Kind))
    cells = [_cell(heading, value, whole(value)) for heading, value in zip(plain, values, strict=True)]
    return (*cells, _cell(last, counts.difference, difference(counts.difference)))


def _cell(heading: str, value: int | None, text: str) -> Cell:
    return Cell(heading, text or NOT_AVAILABLE, NOT_AVAILABLE if value is None else str(value))
