"""Whose turn it is about a notice, and which lever comes next: one rule for every page, letter, mail and calendar."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from contracts.levers.ladder import NoticeStage, next_moves
from contracts.models import Notice, PartyRole, WhoActs

S = NoticeStage
# What the commissioner may turn to, the mildest first.
LEVERS = (S.BREACHED, S.EXCEPTION_REPORT, S.WITHHOLDING)
COMMISSIONER, PROVIDER = PartyRole.COORDINATING_COMMISSIONER, PartyRole.PROVIDER
ROLES = {
    WhoActs.COMMISSIONER: (COMMISSIONER,),
    WhoActs.PROVIDER: (PROVIDER,),
    WhoActs.BOTH: (COMMISSIONER, PROVIDER),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a notice waits for: its stage, and who does that, by the stages that its kind has.

    `is_overdue` says that the day of it has passed. Where a plan's milestone comes next, `owner` is the short name of
    who is to meet it, and `is_said_done` says that they did, so that it is to be judged.
    """

    stage: str
    steps: Mapping[str, str]
    is_overdue: bool = False
    owner: str = ""
    is_said_done: bool = False

    @property
    def next_lever(self) -> NoticeStage | None:
        """The lever that the coordinating commissioner may turn to now; None where there is none."""
        return next_lever(self.stage, self.steps, is_overdue=self.is_overdue)


def waiting_of(notice: Notice, *, is_overdue: bool = False, owner: str = "", is_said_done: bool = False) -> Waiting:
    """What a notice, read with its kind's steps, waits for as it stands."""
    steps = {step.stage: step.who_acts for step in notice.kind.steps.all()}
    return Waiting(notice.stage, steps, is_overdue, owner, is_said_done)


def next_lever(stage: str, steps: Collection[str], *, is_overdue: bool) -> NoticeStage | None:
    """The lever that may follow once the day of a stage has passed; None before, and where the kind has none.

    What an exception report leads to waits for no day (NHS Standard Contract, General Condition 9).
    """
    if not is_overdue and stage != S.EXCEPTION_REPORT:
        return None
    ahead = next_moves(NoticeStage(stage), steps)
    return next((to for to in LEVERS if to in ahead), None)


def whose_turn(waiting: Waiting, names: Mapping[str, str]) -> str:
    """Who acts next, by the names of the parties by role: "West Kent CCG and NELFT".

    What was asked for is the coordinating commissioner's to serve or decline, so is the next lever, and so is the
    judgement of a milestone. Otherwise a milestone is its owner's, and a stage whose the kind of notice says.
    """
    if waiting.stage == S.ASKED or waiting.next_lever or waiting.is_said_done:
        return _named(WhoActs.COMMISSIONER, names)
    return waiting.owner or _named(WhoActs(waiting.steps.get(waiting.stage, WhoActs.BOTH)), names)


def who_answers(proposer: str, names: Mapping[str, str]) -> str:
    """Who answers what the organisation of that name proposed for a clock: the other of the two sides."""
    return _named(WhoActs.PROVIDER if proposer == names.get(COMMISSIONER) else WhoActs.COMMISSIONER, names)


def _named(acts: WhoActs, names: Mapping[str, str]) -> str:
    """The parties by name, and by role where no party has it."""
    return " and ".join(names.get(role) or str(role.label) for role in ROLES[acts])
