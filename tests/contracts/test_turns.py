"""Whose turn it is about a notice, by the one rule that every page, letter and calendar goes by."""

import pytest

from contracts.levers.asking import ASKED, begun_ask
from contracts.levers.ladder import NoticeStage as S
from contracts.levers.turns import LEVERS, Waiting, next_lever, who_answers, whose_turn
from contracts.models import PartyRole, WhoActs
from cypmhs_portal.demo.notice_kinds import KINDS

NAMES = {PartyRole.COORDINATING_COMMISSIONER.value: "West Kent CCG", PartyRole.PROVIDER.value: "NELFT"}
AQN, CPN, IBN = ({step.stage.value: step.who.value for step in kind.steps} for kind in KINDS)


@pytest.mark.parametrize(
    ("waiting", "who"),
    [
        (Waiting(S.ASKED, CPN), "West Kent CCG"),
        (Waiting(S.MEETING, CPN), "West Kent CCG and NELFT"),
        (Waiting(S.MEETING, CPN, is_overdue=True), "West Kent CCG and NELFT"),
        (Waiting(S.BREACHED, CPN), "NELFT"),
        (Waiting(S.BREACHED, CPN, is_overdue=True), "West Kent CCG"),
        (Waiting(S.EXCEPTION_REPORT, CPN), "West Kent CCG"),
        (Waiting(S.ACTION, IBN), "NELFT"),
        (Waiting(S.ACTION, IBN, is_overdue=True), "West Kent CCG"),
        (Waiting(S.MONITORED, CPN, owner="KCC"), "KCC"),
        (Waiting(S.MONITORED, CPN, owner="NELFT", is_said_done=True), "West Kent CCG"),
        (Waiting(S.MONITORED, CPN, owner="NELFT", is_overdue=True), "West Kent CCG"),
        (Waiting(S.MONITORED, AQN, owner="NELFT", is_overdue=True), "NELFT"),
        (Waiting(S.WITHHOLDING, CPN), "NELFT"),
    ],
)
def test_whose_turn_it_is(waiting: Waiting, who: str) -> None:
    assert whose_turn(waiting, NAMES) == who


def test_a_role_that_no_party_has_is_named_as_such() -> None:
    assert whose_turn(Waiting(S.MEETING, CPN), {}) == "Coordinating commissioner and Provider"
    assert whose_turn(Waiting(S.MEETING, {S.MEETING: WhoActs.PROVIDER}), {}) == "Provider"


@pytest.mark.parametrize(
    ("stage", "steps", "is_overdue", "lever"),
    [
        (S.BREACHED, CPN, False, None),
        (S.BREACHED, CPN, True, S.EXCEPTION_REPORT),
        (S.MONITORED, CPN, True, S.BREACHED),
        (S.EXCEPTION_REPORT, CPN, False, S.WITHHOLDING),
        (S.ACTION, IBN, True, S.WITHHOLDING),
        (S.MONITORED, AQN, True, None),
        (S.MEETING, AQN, True, None),
    ],
)
def test_the_next_lever(stage: S, steps: dict[str, str], is_overdue: bool, lever: S | None) -> None:
    assert next_lever(stage, steps, is_overdue=is_overdue) == lever


def test_the_other_side_answers() -> None:
    assert who_answers("NELFT", NAMES) == "West Kent CCG"
    assert who_answers("West Kent CCG", NAMES) == "NELFT"


def test_every_lever_can_be_asked_for() -> None:
    assert set(ASKED) == set(LEVERS)
    assert begun_ask("KCC", S.EXCEPTION_REPORT) == "KCC asks for the exception report, because "
