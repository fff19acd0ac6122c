"""Where a notice may go next, for every set of stages that a kind of notice may have."""

from hypothesis import given
from hypothesis import strategies as st

from contracts.levers.ladder import BEFORE_SERVICE, ENDS, MOVES, STEPS, NoticeStage, is_open, next_moves

S = NoticeStage
kinds = st.sets(st.sampled_from(STEPS), min_size=1)
stages = st.sampled_from(NoticeStage)


@given(kinds, stages)
def test_a_notice_comes_into_stages_of_its_kind_and_ends(kind: set[NoticeStage], stage: NoticeStage) -> None:
    moves = next_moves(stage, kind)
    assert stage not in moves
    assert all(to in kind or to in ENDS for to in moves)
    assert S.ASKED not in moves


@given(kinds, stages)
def test_what_it_takes_is_what_the_last_move_of_the_way_takes(kind: set[NoticeStage], stage: NoticeStage) -> None:
    for to, move in next_moves(stage, kind).items():
        assert move in {known for (_, after), known in MOVES.items() if after is to}


@given(kinds, stages)
def test_a_move_of_the_table_itself_stays_as_it_is(kind: set[NoticeStage], stage: NoticeStage) -> None:
    moves = next_moves(stage, kind)
    direct = {to: move for (before, to), move in MOVES.items() if before is stage and (to in kind or to in ENDS)}
    assert direct.items() <= moves.items()


@given(kinds, stages)
def test_no_more_stages_are_passed_over_than_will_do(kind: set[NoticeStage], stage: NoticeStage) -> None:
    direct = {to for (before, to) in MOVES if before is stage and to in kind}
    if direct:
        assert {to for to in next_moves(stage, kind) if to in STEPS} == direct


@given(kinds)
def test_what_was_not_served_ends_only_by_being_declined_or_taken_back(kind: set[NoticeStage]) -> None:
    assert {to for to in next_moves(S.ASKED, kind) if to in ENDS} == {S.TAKEN_BACK, S.DECLINED}


@given(kinds)
def test_every_kind_with_a_stage_is_served_into_one(kind: set[NoticeStage]) -> None:
    assert any(to in kind for to in next_moves(S.ASKED, kind))


@given(kinds, stages)
def test_an_open_notice_has_a_way_to_an_end_and_a_closed_one_none(kind: set[NoticeStage], stage: NoticeStage) -> None:
    moves = next_moves(stage, kind)
    assert bool(moves) is is_open(stage)
    if stage in kind:
        assert S.WITHDRAWN in moves


@given(kinds, stages)
def test_asking_is_the_only_beginning_and_nothing_returns_to_it(kind: set[NoticeStage], stage: NoticeStage) -> None:
    assert set(next_moves(None, kind)) == {S.ASKED}
    if stage is not S.ASKED:
        assert not set(next_moves(stage, kind)) & set(BEFORE_SERVICE)
