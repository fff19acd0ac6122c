"""Small counts are hidden, and nothing that stays shown gives them away."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.suppression import small_counts, to_nearest_five

GROUPS = st.lists(st.integers(0, 400), min_size=1, max_size=8)


def as_shown(*counts: int) -> list[str]:
    """What a page shows of `counts`."""
    return [str(shown) for shown in small_counts(counts)]


def groups_of(total: int, size: int) -> Iterator[tuple[int, ...]]:
    """Every way in which `size` counts come to `total`."""
    if size == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in groups_of(total - first, size - 1):
            yield (first, *rest)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((88, 99, 4), ["*", "100", "*"]),  # the smallest shown count goes with a single hidden one
        ((0, 60, 60), ["*", "*", "60"]),  # nought is hidden too
        ((155, 10, 4, 4, 2, 16), ["155", "10", "*", "*", "*", "15"]),
        ((32, 134, 25), ["30", "135", "25"]),
        ((5, 7, 8), ["5", "5", "10"]),
        ((4, 4, 4), ["*", "*", "*"]),
        ((1234, 1000), ["1,235", "1,000"]),
        ((), []),
    ],
)
def test_examples(counts, shown):
    assert as_shown(*counts) == shown


@pytest.mark.parametrize(("count", "rounded"), [(5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (191, 190)])
def test_counts_are_rounded_to_the_nearest_five(count, rounded):
    assert to_nearest_five(count) == rounded


@given(GROUPS)
def test_no_small_count_is_shown_and_the_others_are_within_two(counts):
    for count, shown in zip(counts, small_counts(counts), strict=True):
        if shown.count is not None:
            assert count >= 5
            assert shown.count % 5 == 0
            assert abs(shown.count - count) <= 2


@given(GROUPS)
def test_nothing_is_hidden_where_nothing_is_small(counts):
    if counts and min(counts) >= 5:
        assert not any(shown.is_hidden for shown in small_counts(counts))


@given(GROUPS.filter(lambda counts: len(counts) > 1))
def test_a_count_is_never_hidden_alone(counts):
    assert sum(shown.is_hidden for shown in small_counts(counts)) != 1


@given(st.permutations([0, 3, 4, 9, 17, 60]))
def test_the_order_of_the_counts_does_not_matter(counts):
    shown = dict(zip(counts, as_shown(*counts), strict=True))
    assert shown == dict(zip([0, 3, 4, 9, 17, 60], as_shown(0, 3, 4, 9, 17, 60), strict=True))


@pytest.mark.parametrize(("size", "largest_total"), [(2, 60), (3, 45), (4, 28), (5, 18)])
def test_somebody_who_knows_the_total_and_this_rule_cannot_work_a_small_count_out(size, largest_total):
    """Of all the groups that look alike and have one total, no hidden place always holds the same small count."""
    for total in range(1, largest_total):
        alike: dict[tuple[str, ...], list[set[int]]] = defaultdict(lambda: [set() for _ in range(size)])
        for counts in groups_of(total, size):
            for place, values in enumerate(alike[tuple(as_shown(*counts))]):
                values.add(counts[place])
        for shown, places in alike.items():
            known = [values for text, values in zip(shown, places, strict=True) if text == "*" and len(values) == 1]
            assert not any(min(values) < 5 for values in known), (total, shown)
