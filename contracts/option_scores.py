"""Weighted scores of options, their ranking, and how far it rests on the weights. Pure.

A score is a number from LOWEST to HIGHEST; an option's weighted score is the mean of its scores by the weights, on
the same scale. Comparisons are exact: two options that come to the same are a tie, and share their rank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise

LOWEST, HIGHEST = 0, 10
# By option, and within it by criterion.
Scores = Mapping[int, Mapping[int, Decimal]]
Weights = Mapping[int, Decimal]
# The options from the best; those that share a rank stand together, in the order they were given in.
Order = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one weight of a criterion to another the ranking stays the same."""

    lowest: Decimal
    highest: Decimal
    order: Order

    @property
    def leaders(self) -> tuple[int, ...]:
        """Who comes first: more than one where they tie all along."""
        return self.order[0]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What becomes of the ranking when one criterion counts for less or for more."""

    criterion: int
    weight: Decimal
    stretches: tuple[Stretch, ...]

    @property
    def changes_of_leader(self) -> tuple[Decimal, ...]:
        """The weights at which somebody else comes first."""
        return tuple(after.lowest for before, after in pairwise(self.stretches) if before.leaders != after.leaders)


def weighted_score(scores: Mapping[int, Decimal], weights: Weights) -> Decimal | None:
    """The mean of `scores` by `weights`; None where all weights are nought or a score that counts is missing."""
    counting = {key: weight for key, weight in weights.items() if weight}
    if not counting or counting.keys() - scores.keys():
        return None
    return sum((scores[key] * weight for key, weight in counting.items()), Decimal(0)) / sum(counting.values())


def ranking(scores: Scores, weights: Weights) -> Order:
    """The options from the best, by weighted score. Every option has a score wherever a weight counts."""
    exact = {key: Fraction(weight) for key, weight in weights.items()}
    return _order({option: _mean(held, exact) for option, held in scores.items()}) if any(exact.values()) else ()


def ranks(order: Order) -> dict[int, int]:
    """Each option's rank: those that tie share it, and the next are counted behind all of them (1, 1, 3)."""
    ahead, found = 0, {}
    for tied in order:
        found.update(dict.fromkeys(tied, ahead + 1))
        ahead += len(tied)
    return found


def sensitivity(scores: Scores, weights: Weights, criterion: int) -> Sensitivity:
    """The rankings as the weight of `criterion` goes from nought to double.

    The sum of the weights stays; the others give or take in proportion to what they are. Above the sum no weight can
    go. Nothing can be tried where no other criterion counts, or this one does not: then there is one stretch.
    """
    whole = Fraction(sum(weights.values(), Decimal(0)))
    weight = Fraction(weights[criterion])
    others = {key: Fraction(held) for key, held in weights.items() if key != criterion}
    if not weight or not any(others.values()):
        return Sensitivity(
            criterion, weights[criterion], (Stretch(_decimal(weight), _decimal(weight), ranking(scores, weights)),)
        )
    # A straight line for each option: its mean without the criterion, and with nothing else.
    lines = {
        option: (_mean(held, others), Fraction(held[criterion]))  # at nought, at the whole
        for option, held in scores.items()
    }
    end = min(2 * weight / whole, Fraction(1))
    return Sensitivity(criterion, weights[criterion], _stretches(lines, end, whole))


Lines = Mapping[int, tuple[Fraction, Fraction]]


def _stretches(lines: Lines, end: Fraction, whole: Fraction) -> tuple[Stretch, ...]:
    """The rankings from a share of nought to `end`, split where two lines cross."""
    places = [Fraction(0), *_crossings(list(lines.values()), end), end]
    stretches: list[Stretch] = []
    for start, stop in pairwise(places):
        middle = (start + stop) / 2
        order = _order({option: low + (high - low) * middle for option, (low, high) in lines.items()})
        stretches.append(Stretch(_decimal(start * whole), _decimal(stop * whole), order))
    return tuple(stretches)


def _crossings(lines: Sequence[tuple[Fraction, Fraction]], end: Fraction) -> list[Fraction]:
    """Where any two lines cross, after nought and before `end`, in order."""
    found = set()
    for (low, high), (other_low, other_high) in combinations(lines, 2):
        steeper = (high - low) - (other_high - other_low)
        if steeper:
            found.add((other_low - low) / steeper)
    return sorted(place for place in found if 0 < place < end)


def _mean(scores: Mapping[int, Decimal], weights: Mapping[int, Fraction]) -> Fraction:
    counting = {key: weight for key, weight in weights.items() if weight}
    return sum((Fraction(scores[key]) * weight for key, weight in counting.items()), Fraction(0)) / sum(
        counting.values()
    )


def _order(totals: Mapping[int, Fraction]) -> Order:
    best_first = sorted(set(totals.values()), reverse=True)
    return tuple(tuple(option for option, total in totals.items() if total == value) for value in best_first)


def _decimal(value: Fraction) -> Decimal:
    """To 28 places; it is rounded only when it is shown."""
    return Decimal(value.numerator) / Decimal(value.denominator)
