"""How far a recommendation rests on the weights: runs of who comes first, and the sentence about them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from contracts.formatting import percent
from contracts.option_scores import Order, Sensitivity, Stretch

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Run:
    """From one share of the weights to another, in percent, the same options come first; `first` are their names."""

    lowest: Decimal
    highest: Decimal
    leaders: tuple[int, ...]
    first: str


@dataclass(frozen=True, slots=True)
class TriedWeight:
    """One criterion: its share of the weights now, in percent, and who comes first as it goes from nought to double."""

    name: str
    share: Decimal
    runs: tuple[Run, ...]
    order_changes: int

    @property
    def leader_changes(self) -> tuple[Decimal, ...]:
        """The shares at which somebody else comes first."""
        return tuple(run.lowest for run in self.runs[1:])


def tried_weight(name: str, found: Sensitivity, whole: Decimal, names: Mapping[int, str]) -> TriedWeight:
    """What was found of one criterion, in shares of the `whole` of the weights."""
    runs = []
    for leaders, stretches in groupby(found.stretches, key=_leaders):
        held = list(stretches)
        first = " and ".join(names[option] for option in leaders)
        runs.append(Run(HUNDRED * held[0].lowest / whole, HUNDRED * held[-1].highest / whole, leaders, first))
    return TriedWeight(name, HUNDRED * found.weight / whole, tuple(runs), len(found.stretches) - 1)


def can_change(tried: Sequence[TriedWeight]) -> bool:
    """Whether any weight could be changed."""
    return any(run.highest > run.lowest for one in tried for run in one.runs)


def reading_of(tried: Sequence[TriedWeight], order: Order, names: Mapping[int, str]) -> str:
    """Who comes first, and at which weight somebody else would: the nearest such change is named."""
    first = " and ".join(names[option] for option in order[0])
    comes = f"{first} {'comes' if len(order[0]) == 1 else 'come'} first"
    changes = [(abs(at - one.share), at, one) for one in tried for at in one.leader_changes]
    if not changes:
        return f"{comes}, and would whichever single weight were anything from nothing to double what it is."
    _, at, one = min(changes, key=lambda change: change[0])
    way = "more" if at > one.share else "less"
    others = next(run.first for run in one.runs if (run.lowest == at if at > one.share else run.highest == at))
    return (
        f"{comes}. The nearest change of weight that would alter that: {others} would come first if "
        f"“{one.name}” counted for {way} than {percent(at)}, where it counts for {percent(one.share)} now."
    )


def _leaders(stretch: Stretch) -> tuple[int, ...]:
    return tuple(sorted(stretch.leaders))
