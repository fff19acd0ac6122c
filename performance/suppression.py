"""Small counts as they leave the portal: hidden below five, else rounded to five, and never to be worked out. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

HIDDEN = "*"
SMALLEST_SHOWN = 5
STEP = 5
# A count rounded to the nearest five is at most this far from the one shown.
ROUNDED_BY = 2
# How far what the hidden counts come to together must be from the least and the most that is possible for them.
ROOM = 3


@dataclass(frozen=True, slots=True)
class ShownCount:
    """A count as those without the permission for exact ones see it; `count` is None where it is hidden."""

    count: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether the count stands as `*`."""
        return self.count is None

    def __str__(self) -> str:
        return HIDDEN if self.count is None else f"{self.count:,}"


def to_nearest_five(count: int) -> int:
    """`count` to the nearest multiple of five; a whole count is never halfway between two."""
    return (count + ROUNDED_BY) // STEP * STEP


def small_counts(counts: Sequence[int]) -> tuple[ShownCount, ...]:
    """The counts of one group, whose exact total is taken to be known, in the order given.

    Below 5 (0 included) is hidden, the others are rounded to the nearest 5 (domain.md, "What leaves the portal"). So
    that the total does not give a hidden count away, the smallest count still shown is hidden too, with all that equal
    it, again and again, while only one is hidden or the total leaves the hidden ones hardly any room. A group that
    comes to less than 5 a count is hidden whole.

    What is hidden follows from the counts alone, not from their order or from anything seen before: equal counts are
    treated alike. So hidden counts can change places and the group looks the same, and each of them may be a small
    one. Two kinds of group their total says by itself, which this cannot hide: one count, and nothing but noughts.
    """
    if sum(counts) < SMALLEST_SHOWN * len(counts):
        return tuple(ShownCount(None) for _ in counts)
    ascending = sorted(counts)
    largest_hidden = SMALLEST_SHOWN - 1
    while 0 < (hidden := bisect_right(ascending, largest_hidden)) < len(counts) and _is_given_away(ascending, hidden):
        largest_hidden = ascending[hidden]
    return tuple(ShownCount(None if count <= largest_hidden else to_nearest_five(count)) for count in counts)


def _is_given_away(ascending: Sequence[int], hidden: int) -> bool:
    """Whether the exact total, less the counts that are shown, says too much of what the first `hidden` are.

    A shown count is known to within two and to be at least 5; a hidden one is below 5, or else no larger than the
    smallest that is shown. What the hidden ones come to together must leave room within those bounds, both ways: then
    also somebody who knows from elsewhere which of them are small seldom learns a number.
    """
    if hidden == 1:
        return True
    rounded = [to_nearest_five(count) for count in ascending[hidden:]]
    most = sum(ascending) - sum(max(SMALLEST_SHOWN, shown - ROUNDED_BY) for shown in rounded)
    least = sum(ascending) - sum(shown + ROUNDED_BY for shown in rounded)
    small = sum(count < SMALLEST_SHOWN for count in ascending)
    lowest = SMALLEST_SHOWN * (hidden - small)
    highest = (SMALLEST_SHOWN - 1) * small + (rounded[0] + ROUNDED_BY) * (hidden - small)
    return most < lowest + ROOM or least > highest - ROOM
