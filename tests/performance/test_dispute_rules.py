"""When a month is disputed, as tables of examples and as properties."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.dispute_rules import COLOURS, AgreedFigure, Dispute, MonthState, Status, seen_as

AUGUST = date(2019, 8, 1)
SIGNED_ON = datetime(2019, 10, 17, 10)


@pytest.mark.parametrize(
    ("dispute", "state", "words"),
    [
        (Dispute(AUGUST, reason="No case list came"), MonthState.NOT_AVAILABLE, "Not available"),
        (Dispute(AUGUST, reason="No case list came", to_explain=3), MonthState.NOT_AVAILABLE, "Not available"),
        (Dispute(AUGUST), MonthState.AGREES, "Agrees"),
        (Dispute(AUGUST, to_explain=28), MonthState.DISPUTED, "Disputed: 28 to explain"),
        (Dispute(AUGUST, to_explain=1200), MonthState.DISPUTED, "Disputed: 1,200 to explain"),
        (Dispute(AUGUST, to_explain=20, waiting=8), MonthState.DISPUTED, "Disputed: 20 to explain, 8 to sign"),
        (Dispute(AUGUST, waiting=28), MonthState.DISPUTED, "Disputed: 28 to sign"),
        (Dispute(AUGUST, waiting=1, signed=27), MonthState.DISPUTED, "Disputed: 1 to sign"),
        (Dispute(AUGUST, signed=28), MonthState.EXPLAINED, "Explained and signed by both"),
    ],
)
def test_how_a_month_stands(dispute, state, words):
    assert (dispute.state, dispute.words, dispute.is_disputed) == (state, words, state is MonthState.DISPUTED)


@pytest.mark.parametrize(
    ("counts", "holds"),
    [
        ({"signed": 28}, True),
        ({"signed": 27, "waiting": 1}, False),
        ({"signed": 27, "to_explain": 1}, False),
        ({}, False),
        ({"signed": 28, "reason": "No case list came"}, False),
    ],
)
def test_a_signed_figure_holds_only_while_every_difference_is_explained(counts, holds):
    figure = AgreedFigure(194, SIGNED_ON)
    assert (Dispute(AUGUST, signed_figure=figure, **counts).agreed == figure) is holds


def test_every_state_has_a_colour():
    assert COLOURS.keys() == set(MonthState)


@given(st.dictionaries(st.integers(1), st.sampled_from(list(Status)), max_size=6))
def test_what_a_page_showed_is_known_again_in_any_order(statuses):
    assert seen_as(statuses) == seen_as(dict(reversed(statuses.items())))


@given(st.dictionaries(st.integers(1), st.sampled_from(list(Status)), min_size=1, max_size=6), st.data())
def test_what_changed_is_seen(statuses, data):
    key = data.draw(st.sampled_from(sorted(statuses)))
    other = data.draw(st.sampled_from([status for status in Status if status is not statuses[key]]))
    gone = {one: status for one, status in statuses.items() if one != key}
    assert len({seen_as(statuses), seen_as(statuses | {key: other}), seen_as(gone)}) == 3
