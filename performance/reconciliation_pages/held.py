"""The differences of one month, loaded once, and the groups that they fall into."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from contracts.models import Agreement
from performance.dispute_rules import Status
from performance.disputes import differences_known
from performance.reconciliation import Kind

KINDS = list(Kind)


class HeldDifference(NamedTuple):
    """A difference without its reference: its key, kind, area and status."""

    key: int
    kind: str
    area_code: str
    area: str
    position: int
    status: str

    @property
    def group(self) -> str:
        """The code of the group it falls into."""
        return f"{self.kind}.{self.area_code}"


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one kind in one area, and how many of them are in each status."""

    code: str
    kind: Kind
    area: str
    to_explain: int
    waiting: int
    signed: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.to_explain + self.waiting + self.signed

    @property
    def unresolved(self) -> int:
        """Those that no signed explanation names."""
        return self.to_explain + self.waiting

    @property
    def state(self) -> str:
        """How the group stands: "5 to explain, 2 to sign"."""
        if not self.unresolved:
            return "Signed by both"
        parts = ((self.to_explain, "to explain"), (self.waiting, "to sign"), (self.signed, "signed by both"))
        return ", ".join(f"{count:,} {words}" for count, words in parts if count)

    @property
    def colour(self) -> str:
        """The colour of that state's tag."""
        return "orange" if self.to_explain else "yellow" if self.waiting else "green"


def held_differences(agreement: Agreement, month: date, at: datetime | None) -> tuple[HeldDifference, ...]:
    """The differences of the month known at that moment. One query."""
    fields = ("pk", "kind", "area__code", "area__name", "area__position", "status")
    return tuple(
        HeldDifference(*row) for row in differences_known(agreement, [month], at).order_by("pk").values_list(*fields)
    )


def groups_of(held: Iterable[HeldDifference]) -> tuple[Group, ...]:
    """The groups that are not empty, by kind and then by area as the agreement orders them."""
    counts: Counter[tuple[str, str, str, int, str]] = Counter(
        (one.kind, one.area_code, one.area, one.position, one.status) for one in held
    )
    found = sorted({key[:4] for key in counts}, key=lambda key: (KINDS.index(Kind(key[0])), key[3], key[1]))
    return tuple(
        Group(f"{kind}.{code}", Kind(kind), area, *(counts[kind, code, area, position, status] for status in Status))
        for kind, code, area, position in found
    )
