"""What somebody can work out who sees all that leaves the portal, and knows the exact totals and the rule itself.

Every group that has the total and looks the same is one that might be true. A hidden count is kept where those groups
have at least two values in its place, one of them below 5: it may be a small one, and nobody can say which number.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.suppression import SMALLEST_SHOWN, small_counts

Counts = tuple[int, ...]
View = tuple[int | None, ...]
# Sizes, and the totals below which every group of the size is tried.
EVERY_GROUP = [(2, 121), (3, 61), (4, 41), (5, 29), (6, 21)]


def view_of(counts: Sequence[int]) -> View:
    """What leaves the portal of one group, beside its total."""
    return tuple(shown.count for shown in small_counts(counts))


@cache
def groups_of(total: int, size: int) -> tuple[Counts, ...]:
    """Every way in which `size` counts come to `total`."""
    return tuple(_groups_of(total, size))


def _groups_of(total: int, size: int) -> Iterator[Counts]:
    if size == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _groups_of(total - first, size - 1):
            yield (first, *rest)


@cache
def looking_alike(total: int, size: int) -> dict[View, list[Counts]]:
    """The groups that come to `total`, by how they look."""
    alike: dict[View, list[Counts]] = defaultdict(list)
    for counts in groups_of(total, size):
        alike[view_of(counts)].append(counts)
    return alike


def possible(view: View, total: int) -> list[set[int]]:
    """Which values the count in each place may have."""
    return [set(values) for values in zip(*looking_alike(total, len(view))[view], strict=True)]


def given_away(view: View, values: Sequence[set[int]]) -> list[int]:
    """The hidden places that have a single possible value, or none below 5."""
    hidden = [place for place, shown in enumerate(view) if shown is None]
    return [place for place in hidden if len(values[place]) == 1 or min(values[place]) >= SMALLEST_SHOWN]


# ---- one table


@pytest.mark.parametrize(("size", "below"), EVERY_GROUP)
def test_no_total_gives_a_hidden_count_away(size: int, below: int) -> None:
    for total in range(1, below):
        for view in looking_alike(total, size):
            assert given_away(view, possible(view, total)) == [], (total, view)


@pytest.mark.parametrize(("size", "below"), EVERY_GROUP)
def test_hidden_counts_of_a_group_can_change_places(size: int, below: int) -> None:
    """Why that holds for groups of any size: what is possible for one hidden count is possible for each of them."""
    for total in range(1, below):
        for view in looking_alike(total, size):
            hidden = [values for shown, values in zip(view, possible(view, total), strict=True) if shown is None]
            assert all(values == hidden[0] for values in hidden), (total, view)


@pytest.mark.parametrize(("size", "below"), [(2, 121), (3, 91)])
def test_two_or_three_counts_hold_against_somebody_who_knows_which_are_small(size: int, below: int) -> None:
    """Where something is shown. Groups that are hidden whole are small all over, and larger ones hold for the most."""
    for total in range(1, below):
        for view, alike in looking_alike(total, size).items():
            told: dict[tuple[bool, ...], list[Counts]] = defaultdict(list)
            for counts in alike if any(view) else []:
                told[tuple(count < SMALLEST_SHOWN for count in counts)].append(counts)
            for small, groups in told.items():
                values = [set(held) for held in zip(*groups, strict=True)]
                assert not any(is_small and len(held) == 1 for is_small, held in zip(small, values, strict=True)), view


@given(st.lists(st.integers(0, 400) | st.integers(0, 12), min_size=2, max_size=8), st.randoms())
def test_a_large_group_looks_the_same_with_its_hidden_counts_in_other_places(counts: list[int], shuffle) -> None:
    assume(any(counts))
    view = view_of(counts)
    hidden = [place for place, shown in enumerate(view) if shown is None]
    moved = list(counts)
    for place, source in zip(hidden, shuffle.sample(hidden, len(hidden)), strict=True):
        moved[place] = counts[source]
    assert view_of(moved) == view
    assert not hidden or min(counts[place] for place in hidden) < SMALLEST_SHOWN


@given(st.lists(st.integers(0, 400) | st.integers(0, 12), min_size=2, max_size=8))
def test_hidden_counts_of_a_large_group_differ_or_another_group_looks_the_same(counts: list[int]) -> None:
    """With the test before: a hidden count has two values, its own and another's, or the one of a child moved."""
    assume(any(counts))
    view = view_of(counts)
    hidden = [count for count, shown in zip(counts, view, strict=True) if shown is None]
    if len(set(hidden)) == 1:
        assert any(view_of(other) == view for other in with_a_child_moved(counts, view.index(None)))


def with_a_child_moved(counts: Sequence[int], place: int) -> Iterator[list[int]]:
    """The groups of the same total in which `place` has one child more or fewer."""
    for other, by in product(range(len(counts)), (-1, 1)):
        if other != place and counts[place] + by >= 0 and counts[other] - by >= 0:
            moved = list(counts)
            moved[place] += by
            moved[other] -= by
            yield moved


def test_what_a_total_says_by_itself() -> None:
    assert view_of((0, 0, 0)) == (None, None, None)  # nought in all is nought in each
    assert view_of((3,)) == (None,)  # one count is its total


# ---- several tables

SMALL_TABLES = [(3, 22), (3, 25), (4, 21), (2, 9)]


@pytest.mark.parametrize("total", [9, 17, 22, 25])
def test_two_characteristics_of_a_month_say_no_more_than_each_by_itself(total: int) -> None:
    """They have their total in common, which is known anyhow; no table crosses them."""
    ones, others = looking_alike(total, 3), looking_alike(total, 2)
    together: dict[tuple[View, View], list[set[int]]] = defaultdict(lambda: [set() for _ in range(5)])
    for one, other in product(groups_of(total, 3), groups_of(total, 2)):
        for held, count in zip(together[view_of(one), view_of(other)], (*one, *other), strict=True):
            held.add(count)
    assert together.keys() == set(product(ones, others))
    for (one_view, other_view), values in together.items():
        assert values == possible(one_view, total) + possible(other_view, total)


@pytest.mark.parametrize(("before", "after"), [((3, 17), (3, 18)), ((3, 22), (3, 22)), ((2, 24), (2, 9))])
def test_months_and_versions_say_no_more_than_each_by_itself(before: tuple[int, int], after: tuple[int, int]) -> None:
    """Also not their difference: of all pairs that look as published, no hidden count has a single value."""
    (size, earlier), (_, later) = before, after
    together: dict[tuple[View, View], list[set[int]]] = defaultdict(lambda: [set() for _ in range(2 * size)])
    for one, other in product(groups_of(earlier, size), groups_of(later, size)):
        for held, count in zip(together[view_of(one), view_of(other)], (*one, *other), strict=True):
            held.add(count)
    for (one_view, other_view), values in together.items():
        assert values == possible(one_view, earlier) + possible(other_view, later)
        assert given_away((*one_view, *other_view), values) == []


@given(st.lists(st.sampled_from(SMALL_TABLES), min_size=1, max_size=24), st.data())
def test_a_year_of_months_keeps_every_hidden_count(months: list[tuple[int, int]], data: st.DataObject) -> None:
    year = [data.draw(st.sampled_from(groups_of(total, size))) for size, total in months]
    views = [view_of(counts) for counts in year]
    for view, (_, total) in zip(views, months, strict=True):
        assert given_away(view, possible(view, total)) == []
    # Asked again, in another order and after other groups, every group looks as it did.
    assert [view_of(counts) for counts in reversed(year)] == views[::-1]
