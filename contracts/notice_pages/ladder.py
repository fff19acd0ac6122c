"""The ladder of a notice: what was passed, what it waits for, and what may come, by the names its kind has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from contracts.formatting import weekday
from contracts.levers.ladder import ENDS, STEPS, NoticeStage
from contracts.levers.wording import name_of_stage
from contracts.models import EntryKind, Notice, NoticeMove
from contracts.notice_pages.clock import ClockShown
from contracts.notice_pages.parties import Parties
from contracts.notice_pages.terms import how_long, what_is_withheld
from contracts.notice_pages.wording import LEADS_ON, LEFT, lower_first
from contracts.queries.board_days import RowDay

S = NoticeStage
# What a meeting, or service where there is none, may lead to.
OUTCOMES = (S.INVESTIGATION, S.ACTION, S.PLAN)
SAID = {"done": "done", "now": "current step", "over": "current step, overdue", "todo": "not yet"}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: done, now, over (now, and its day has passed) or todo. `one_of` are steps of which one follows."""

    title: str
    state: str
    text: str = ""
    one_of: tuple[str, ...] = ()
    leads_to_money: bool = False

    @property
    def said(self) -> str:
        """The rung's state in words."""
        return SAID[self.state]

    @property
    def style(self) -> str:
        """The rung's state as its style names it."""
        return "now" if self.state == "over" else self.state


def ladder(notice: Notice, parties: Parties, clock: ClockShown | None, due: RowDay, on: date) -> tuple[Rung, ...]:
    """Every rung of the notice as it stands on a day; of one that ended, those that it passed and how it ended."""
    climb = _Climb(notice, parties, clock, due, on, {step.stage: step.name for step in notice.kind.steps.all()})
    return tuple(climb.rungs())


@dataclass(frozen=True, slots=True)
class _Climb:
    notice: Notice
    parties: Parties
    clock: ClockShown | None
    due: RowDay
    on: date
    names: Mapping[str, str]

    def rungs(self) -> Iterator[Rung]:
        if not self.notice.was_served:
            yield from self._request()
        else:
            yield from self._served()
        stage = S(self.notice.stage)
        if stage in ENDS:
            yield Rung(str(stage.label), "done", self._since(stage))
        else:
            yield from self._ahead(stage)

    def _moves(self) -> list[NoticeMove]:
        return sorted(self.notice.moves.all(), key=lambda move: move.pk)

    def _since(self, stage: NoticeStage) -> str:
        return next((f"{weekday(move.on)}, by {move.by_name}" for move in self._moves() if move.to_stage == stage), "")

    def _request(self) -> Iterator[Rung]:
        who = self.parties.who(self.notice.asked_by_name, self.notice.asked_by_id)
        yield Rung("Notice asked for", "done", f"{self._since(S.ASKED).partition(', by ')[0]}, by {who}")
        if self.notice.stage == S.ASKED:
            yield Rung("Notice", "now", f"{self.parties.coordinator} serves it on {self.parties.provider} or declines.")

    def _served(self) -> Iterator[Rung]:
        coordinator, provider = self.parties.coordinator, self.parties.provider
        yield Rung("Notice served", "done", f"{weekday(self.notice.served_on)}, by {coordinator} to {provider}")
        yield self._acknowledged()
        stages = [move for move in self._moves() if move.to_stage in STEPS]
        for place, move in enumerate(stages):
            if place + 1 < len(stages) or self.notice.stage in ENDS:
                left = stages[place + 1] if place + 1 < len(stages) else self._moves()[-1]
                yield Rung(name_of_stage(move.to_stage, self.names), "done", _left(move, left))
        if self.notice.stage in STEPS:
            yield self._now()

    def _acknowledged(self) -> Rung:
        entry = next((one for one in self.notice.entries.all() if one.kind == EntryKind.ACKNOWLEDGED), None)
        if entry is None:
            return Rung("Acknowledgement", "todo", f"{self.parties.provider} has not acknowledged it.")
        return Rung(
            "Acknowledged", "done", f"{weekday(timezone.localdate(entry.at))}, by {entry.organisation.short_name}"
        )

    def _now(self) -> Rung:
        waits = f"{self.due.next_step}." if self.due.owner else "No clock runs."
        text = self.clock.sentence if self.clock else f"Since {self._since(S(self.notice.stage))}. {waits}"
        return Rung(name_of_stage(self.notice.stage, self.names), "over" if self.due.is_overdue else "now", text)

    def _ahead(self, stage: NoticeStage) -> Iterator[Rung]:
        here = STEPS.index(stage) if stage in STEPS else -1
        ahead = [one for one in STEPS[here + 1 :] if one in self.names]
        outcomes = [one for one in ahead if one in OUTCOMES] if stage in (S.ASKED, *LEADS_ON) else []
        if stage == S.ASKED and S.MEETING in ahead:
            yield self._todo(S.MEETING)
        if len(outcomes) > 1:
            yield self._one_of(stage, outcomes)
        elif outcomes:
            yield self._todo(outcomes[0])
        if stage == S.PLAN and S.MONITORED in ahead:
            yield self._todo(S.MONITORED)
        yield from (self._todo(one) for one in (S.EXCEPTION_REPORT, S.WITHHOLDING) if one in ahead)

    def _one_of(self, stage: NoticeStage, outcomes: list[NoticeStage]) -> Rung:
        of = "investigation" if stage == S.INVESTIGATION else "meeting" if S.MEETING in self.names else "notice"
        long = [(self.names[one], how_long(self.notice.kind, one, self.on)) for one in outcomes]
        said = [lower_first(name) + (f", within {term}" if term else "") for name, term in long]
        return Rung(f"Outcome of the {of}: one of", "todo", one_of=("notice withdrawn", *said))

    def _todo(self, stage: NoticeStage) -> Rung:
        name = name_of_stage(stage, self.names)
        term = how_long(self.notice.kind, stage, self.on)
        if stage == S.EXCEPTION_REPORT and S.BREACHED in self.names:
            right = how_long(self.notice.kind, S.BREACHED, self.on)
            within = f" within {right}" if right else ""
            return Rung(name, "todo", f"If the plan is breached and not put right{within}")
        if stage == S.WITHHOLDING:
            return Rung(name, "todo", what_is_withheld(self.notice.kind, self.on), leads_to_money=True)
        return Rung(name, "todo", f"Within {term}" if term else "")


def _left(move: NoticeMove, left: NoticeMove) -> str:
    """When a stage that is over was left."""
    if move.to_stage == S.PLAN and left.to_stage != S.MONITORED:
        return f"Until {weekday(left.on)}"
    if move.to_stage == S.MEETING and left.to_stage == S.WITHDRAWN:
        return f"Until {weekday(left.on)}"
    if move.to_stage == S.BREACHED:
        return f"Recorded on {weekday(move.on)}"
    return f"{LEFT.get(S(move.to_stage), 'Until')} {weekday(left.on)}"
