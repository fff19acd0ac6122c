"""Small counts are hidden, and nothing that stays shown gives them away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.suppression import small_counts, to_nearest_five

GROUPS = st.lists(st.integers(0, 400), min_size=1, max_size=8)


def as_shown(*counts: int) -> list[str]:
    """What a page shows of `counts`."""
    return [str(shown) for shown in small_counts(counts)]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((88, 99, 4), ["*", "100", "*"]),  # the smallest shown count goes with a single hidden one
        ((0, 60, 61), ["*", "*", "60"]),  # nought is hidden too
        ((0, 60, 60), ["*", "*", "*"]),  # which of two equal counts stays shown would be nobody's to say
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


@given(GROUPS.flatmap(lambda counts: st.tuples(st.just(counts), st.permutations(range(len(counts))))))
def test_the_order_of_the_counts_does_not_matter(counts_and_places):
    """Nor which of equal counts comes first: a row that is moved must not show what another row hid."""
    counts, places = counts_and_places
    moved = as_shown(*(counts[place] for place in places))
    assert moved == [as_shown(*counts)[place] for place in places]


@given(GROUPS)
def test_equal_counts_look_alike(counts):
    looks = {(count, str(shown)) for count, shown in zip(counts, small_counts(counts), strict=True)}
    assert len(looks) == len(set(counts))
