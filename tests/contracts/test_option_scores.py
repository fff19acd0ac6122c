"""Weighted scores, rankings with ties, and at which weight somebody else comes first."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.option_scores import HIGHEST, LOWEST, ranking, ranks, sensitivity, weighted_score

D = Decimal
# Two criteria of 60 and 40; option 1 is good at the first, option 2 at the second.
WEIGHTS = {1: D(60), 2: D(40)}
SCORES = {1: {1: D(8), 2: D(2)}, 2: {1: D(4), 2: D(9)}}


def test_a_weighted_score_is_the_mean_by_the_weights():
    assert weighted_score(SCORES[1], WEIGHTS) == D("5.6")
    assert weighted_score(SCORES[2], WEIGHTS) == D("6")
    assert weighted_score(SCORES[1], {1: D(3), 2: D(2)}) == D("5.6"), "only the shares count"


def test_without_weights_or_with_a_score_missing_there_is_none():
    assert weighted_score(SCORES[1], {1: D(0), 2: D(0)}) is None
    assert weighted_score({1: D(8)}, WEIGHTS) is None
    assert weighted_score({1: D(8)}, {1: D(1), 2: D(0)}) == D(8), "what does not count may be missing"
    assert weighted_score({1: D(0)}, {1: D(1)}) == D(0), "nought is a score"


def test_those_that_tie_share_their_rank_and_the_next_come_behind_all():
    scores = {1: {1: D(5)}, 2: {1: D(7)}, 3: {1: D(7)}, 4: {1: D(1)}}
    order = ranking(scores, {1: D(10)})
    assert order == ((2, 3), (1,), (4,))
    assert ranks(order) == {2: 1, 3: 1, 1: 3, 4: 4}


def test_a_third_is_no_rounding_away_from_a_tie():
    third = {1: D(1), 2: D(1), 3: D(1)}
    scores = {1: {1: D(10), 2: D(0), 3: D(0)}, 2: {1: D(0), 2: D(0), 3: D(10)}}
    assert ranking(scores, third) == ((1, 2),)


def test_the_weight_at_which_the_leader_changes():
    found = sensitivity(SCORES, WEIGHTS, 1)
    # 8p + 2(1 − p) = 4p + 9(1 − p) at p = 7/11 of 100.
    assert [round(at, 6) for at in found.changes_of_leader] == [D("63.636364")]
    assert [one.leaders for one in found.stretches] == [(2,), (1,)]
    assert (found.stretches[0].lowest, found.stretches[-1].highest) == (D(0), D(100)), "double is more than there is"
    assert sensitivity(SCORES, WEIGHTS, 2).stretches[-1].highest == D(80)


def test_a_weight_that_is_all_or_nothing_cannot_be_tried():
    for weights in ({1: D(10), 2: D(0)}, {1: D(0), 2: D(10)}):
        found = sensitivity(SCORES, weights, 1)
        (stretch,) = found.stretches
        assert stretch.lowest == stretch.highest == weights[1]
        assert stretch.order == ranking(SCORES, weights)


def test_options_that_are_the_same_tie_all_along():
    scores = {1: SCORES[1], 2: SCORES[1]}
    found = sensitivity(scores, WEIGHTS, 1)
    assert [one.order for one in found.stretches] == [((1, 2),)]
    assert found.changes_of_leader == ()


criteria = st.integers(2, 4)
score = st.integers(LOWEST * 10, HIGHEST * 10).map(lambda tenths: D(tenths) / 10)
weight = st.integers(1, 1000).map(lambda cents: D(cents) / 100)


@st.composite
def appraisals(draw: st.DrawFn):
    """Scores of some options on some criteria, with weights above nought."""
    keys = list(range(1, draw(criteria) + 1))
    options = range(1, draw(st.integers(2, 5)) + 1)
    return {o: {k: draw(score) for k in keys} for o in options}, {k: draw(weight) for k in keys}


def reweighted(weights: dict[int, Decimal], criterion: int, to: Decimal) -> dict[int, Decimal]:
    """The weights with one changed, the others in proportion and the sum as it was; scaled by the others' sum."""
    whole = sum(weights.values())
    others = whole - weights[criterion]
    return {k: to * others if k == criterion else w * (whole - to) for k, w in weights.items()}


@given(appraisals(), st.data())
def test_within_a_stretch_the_ranking_is_what_those_weights_give(appraisal, data):
    scores, weights = appraisal
    criterion = data.draw(st.sampled_from(sorted(weights)))
    found = sensitivity(scores, weights, criterion)
    for one in found.stretches:
        middle = (one.lowest + one.highest) / 2
        assert ranking(scores, reweighted(weights, criterion, middle)) == one.order


@given(appraisals(), st.data())
def test_the_stretches_follow_each_other_from_nought_to_double(appraisal, data):
    scores, weights = appraisal
    criterion = data.draw(st.sampled_from(sorted(weights)))
    found = sensitivity(scores, weights, criterion)
    assert found.stretches[0].lowest == 0
    whole = sum(weights.values())
    assert found.stretches[-1].highest == pytest.approx(min(2 * weights[criterion], whole))
    for before, after in zip(found.stretches, found.stretches[1:], strict=False):
        assert before.highest == after.lowest
        assert before.lowest < before.highest


@given(appraisals())
def test_a_weighted_score_lies_between_the_lowest_and_the_highest_score(appraisal):
    scores, weights = appraisal
    for held in scores.values():
        total = weighted_score(held, weights)
        assert total is not None
        slack = Fraction(1, 10**20)  # of 28 places
        assert Fraction(min(held.values())) - slack <= Fraction(total) <= Fraction(max(held.values())) + slack


@given(appraisals(), st.integers(2, 9))
def test_weights_that_are_all_multiplied_change_nothing(appraisal, times):
    scores, weights = appraisal
    assert ranking(scores, weights) == ranking(scores, {key: held * times for key, held in weights.items()})


@given(appraisals())
def test_every_option_has_one_rank(appraisal):
    scores, weights = appraisal
    assert ranks(ranking(scores, weights)).keys() == scores.keys()
