"""The board's order, its states and the sentence at its top."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from contracts.levers.board import Board, BoardRow, BoardState, by_urgency, heading_of, state_of, tag_of

THURSDAY = date(2019, 10, 17)
S = BoardState


def row(state: BoardState, days_left: int | None = None, due_on: date | None = None, title: str = "One") -> BoardRow:
    return BoardRow(
        notice=1,
        reference="KCC",
        agreement="Kent",
        title=title,
        why="Because",
        state=state,
        days_left=days_left,
        due_on=due_on,
        steps=(),
        who="",
        next_step="",
    )


def due(days: int) -> BoardRow:
    state = S.OVERDUE if days < 0 else S.RUNNING
    return row(state, days, THURSDAY + timedelta(days=days))


def test_the_longest_overdue_is_first_and_what_was_asked_for_last() -> None:
    rows = [row(S.ASKED), row(S.NO_CLOCK), due(4), row(S.PAUSED, 3, date(2019, 11, 1)), due(-1), due(-5), due(0)]
    assert [(one.state, one.days_left) for one in by_urgency(rows)] == [
        (S.OVERDUE, -5),
        (S.OVERDUE, -1),
        (S.RUNNING, 0),
        (S.PAUSED, 3),
        (S.RUNNING, 4),
        (S.NO_CLOCK, None),
        (S.ASKED, None),
    ]


def test_a_day_that_passed_at_the_weekend_is_overdue_by_none_and_still_first() -> None:
    assert [one.state for one in by_urgency([due(0), row(S.OVERDUE, 0, THURSDAY)])] == [S.OVERDUE, S.RUNNING]


@pytest.mark.parametrize(
    ("days_left", "is_overdue", "is_paused", "expected"),
    [
        (-1, True, False, S.OVERDUE),
        (-1, True, True, S.OVERDUE),
        (0, True, False, S.OVERDUE),
        (0, False, False, S.DUE_SOON),
        (3, False, False, S.DUE_SOON),
        (4, False, False, S.RUNNING),
        (1, False, True, S.PAUSED),
    ],
)
def test_how_a_clock_stands(days_left: int, is_overdue: bool, is_paused: bool, expected: BoardState) -> None:
    assert state_of(days_left, is_overdue, is_paused) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "No clock is open."),
        ([row(S.ASKED)], "No clock is open."),
        ([due(4)], "One clock is open. It ends on Monday."),
        ([due(0)], "One clock is open. It ends today."),
        ([due(7)], "One clock is open. It ends on 24 October 2019."),
        ([due(-2)], "One clock is open, and it has run out."),
        ([due(-2), due(-3)], "Two clocks are open. All of them have run out."),
        ([due(4), due(5)], "Two clocks are open. The next ends on Monday."),
        (
            [due(-5), due(4), due(5), due(6), row(S.ASKED)],
            "Four clocks are open. One has run out, and the next ends on Monday.",
        ),
        ([due(-5), due(-6), due(4)], "Three clocks are open. Two have run out, and the next ends on Monday."),
        ([due(9)] * 11, "11 clocks are open. The next ends on 26 October 2019."),
    ],
)
def test_what_the_board_comes_to(rows: Sequence[BoardRow], expected: str) -> None:
    assert heading_of(rows, THURSDAY) == expected


@pytest.mark.parametrize(
    ("one", "number", "counted"),
    [
        (due(-5), "5", "operational days over"),
        (due(-1), "1", "operational day over"),
        (due(1), "1", "operational day left"),
        (due(0), "0", "operational days left"),
        (row(S.ASKED), "–", "no clock yet"),
    ],
)
def test_the_number_says_what_it_counts(one: BoardRow, number: str, counted: str) -> None:
    assert (one.number, one.counted) == (number, counted)


def test_a_milestone_is_no_clock_and_is_said_when_its_day_has_passed() -> None:
    late, to_come = (replace(due(days), is_milestone=True) for days in (-1, 3))
    assert heading_of([to_come], THURSDAY) == "No clock is open."
    assert heading_of([late], THURSDAY) == "No clock is open. One milestone is overdue."
    assert heading_of([late, late, due(4)], THURSDAY) == (
        "One clock is open. It ends on Monday. Two milestones are overdue."
    )
    assert [one.days_left for one in by_urgency([due(2), to_come, late])] == [-1, 2, 3]


@pytest.mark.parametrize(
    ("state", "days_left", "expected"),
    [
        (S.OVERDUE, -1, "1 operational day over"),
        (S.DUE_SOON, 0, "Due today"),
        (S.RUNNING, 4, "4 operational days left"),
        (S.PAUSED, 4, "Paused"),
    ],
)
def test_the_tag_of_a_day(state: BoardState, days_left: int, expected: str) -> None:
    assert tag_of(state, days_left) == expected


def test_unchecked_terms_are_said_until_every_one_was_checked() -> None:
    def board(unchecked: int) -> str:
        return Board(THURSDAY, (), (), 3, unchecked).warning

    assert board(3).endswith("Nobody has recorded doing so.")
    assert "Some numbers of days" in board(1)
    assert board(0) == ""
