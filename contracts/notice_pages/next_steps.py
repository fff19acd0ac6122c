"""What may be done next about a notice: links for the reader who may, and a sentence about everybody else who may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.access import Standing
from contracts.actions.agreeing_plans import PLANNED_IN
from contracts.levers.ladder import NoticeStage, is_open, next_moves
from contracts.levers.who_may import moves_for, steps_of
from contracts.models import EntryKind, Notice
from contracts.notice_pages.addresses import Link, url_of
from contracts.notice_pages.clock import ClockShown
from contracts.notice_pages.parties import Parties
from contracts.notice_pages.plan import PlanShown
from contracts.notice_pages.wording import lower_first, to_do
from contracts.permissions import Permission

S, P = NoticeStage, Permission
SERVE, DECLINE, TAKE_BACK = "Serve the notice", "Decline to serve it", "Take the request back"


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Links that lead on, what else the reader may do on the page, and who else may do what."""

    links: tuple[Link, ...]
    clock_links: tuple[Link, ...]
    others: tuple[str, ...]
    may_acknowledge: bool
    may_add: bool
    may_judge: bool
    may_say_done: bool
    may_answer_proposal: bool
    may_take_proposal_back: bool


def next_steps(
    notice: Notice, standing: Standing, parties: Parties, clock: ClockShown | None, plans: tuple[PlanShown, ...]
) -> NextSteps:
    """What may come next, for this reader."""
    reader = _Reader(notice, standing, parties, clock, plans[0] if plans else None)
    is_running = notice.was_served and is_open(notice.stage)
    own = clock is not None and clock.proposal is not None and reader.proposed_it
    proposal = bool(clock and clock.proposal) and standing.may(P.PROPOSE_CLOCK_CHANGE)
    return NextSteps(
        links=tuple(reader.links()),
        clock_links=tuple(reader.clock_links()),
        others=tuple(reader.others()) if is_open(notice.stage) else (),
        may_acknowledge=reader.may_acknowledge,
        may_add=is_running and standing.may(P.NOTE_ON_NOTICE),
        may_judge=is_running and standing.may(P.ISSUE_NOTICE),
        may_say_done=is_running and standing.may(P.ANSWER_NOTICE),
        may_answer_proposal=proposal and not own,
        may_take_proposal_back=proposal and own,
    )


def moves_on_page(notice: Notice) -> list[NoticeStage]:
    """Where the page of a move leads a served notice; agreeing a plan has a page of its own."""
    names = steps_of(notice)
    if not notice.was_served:
        return []
    is_agreed_elsewhere = notice.stage == S.PLAN
    return [to for to in next_moves(S(notice.stage), names) if not (is_agreed_elsewhere and to == S.MONITORED)]


def may_take_back(notice: Notice, standing: Standing, parties: Parties) -> bool:
    """Whether the reader, or a colleague of theirs, asked for what was not served yet."""
    is_own = notice.asked_by_id == standing.user.pk
    is_colleague = parties.of_people.get(notice.asked_by_id) == standing.organisation
    return notice.stage == S.ASKED and standing.may(P.ASK_FOR_NOTICE) and (is_own or is_colleague)


@dataclass(frozen=True, slots=True)
class _Reader:
    notice: Notice
    standing: Standing
    parties: Parties
    clock: ClockShown | None
    newest_plan: PlanShown | None

    @property
    def proposed_it(self) -> bool:
        proposal = self.clock.proposal if self.clock else None
        return proposal is not None and proposal.proposed_for.short_name == self.standing.organisation

    @property
    def is_to_be_acknowledged(self) -> bool:
        said = (entry.kind for entry in self.notice.entries.all())
        return self.notice.was_served and is_open(self.notice.stage) and EntryKind.ACKNOWLEDGED not in said

    @property
    def may_acknowledge(self) -> bool:
        return self.is_to_be_acknowledged and self.standing.may(P.ANSWER_NOTICE)

    @property
    def takes_plans(self) -> bool:
        return self.notice.stage in PLANNED_IN and S.PLAN in steps_of(self.notice)

    @property
    def plan_waits(self) -> PlanShown | None:
        plan = self.newest_plan
        return plan if plan and plan.waits and self.takes_plans else None

    def links(self) -> Iterator[Link]:
        if self.notice.stage == S.ASKED:
            yield from self._about_the_request()
        if self.plan_waits and self.standing.may(P.ISSUE_NOTICE):
            plan = self.plan_waits.plan
            yield Link(f"Agree plan {plan.number}", url_of(self.notice, "notice_plan_agree", plan.pk))
        if self.takes_plans and self.standing.may(P.ANSWER_NOTICE):
            text = "Propose another plan" if self.newest_plan else "Propose a plan"
            yield Link(text, url_of(self.notice, "notice_plan"))
        mine = moves_for(self.standing.permissions, self.notice)
        for to in moves_on_page(self.notice):
            if to in mine:
                yield Link(self._words(to), url_of(self.notice, "notice_move", to.value))

    def clock_links(self) -> Iterator[Link]:
        if self.clock and not self.clock.proposal and self.standing.may(P.PROPOSE_CLOCK_CHANGE):
            yield Link("Propose an extension", url_of(self.notice, "notice_extend"))
            yield Link("Propose a pause", url_of(self.notice, "notice_pause"))

    def others(self) -> Iterator[str]:
        coordinator, provider = self.parties.coordinator, self.parties.provider
        if self.notice.stage == S.ASKED and self._asked_themselves:
            yield "You asked for it, so somebody else serves it."
        if not self.standing.may(P.ISSUE_NOTICE):
            steps = self._steps_of_coordinator()
            yield f"{coordinator} may do this next: {'; '.join(lower_first(one) for one in steps)}."
        if self.is_to_be_acknowledged and not self.standing.may(P.ANSWER_NOTICE):
            yield f"{provider} may acknowledge it."
        if self.notice.stage == S.PLAN and not self.plan_waits and not self.standing.may(P.ANSWER_NOTICE):
            yield f"{provider} may propose a plan."
        if self.clock and self.clock.proposal and not self.standing.may(P.PROPOSE_CLOCK_CHANGE):
            whose = self.clock.proposal.proposed_for.short_name
            yield f"{provider if whose == coordinator else coordinator} may agree what {whose} proposed for the clock."

    @property
    def _asked_themselves(self) -> bool:
        return self.notice.asked_by_id == self.standing.user.pk and self.standing.may(P.ISSUE_NOTICE)

    def _about_the_request(self) -> Iterator[Link]:
        if self.standing.may(P.ISSUE_NOTICE):
            if not self._asked_themselves:
                yield Link(SERVE, url_of(self.notice, "notice_serve"))
            yield Link(DECLINE, url_of(self.notice, "notice_decline"))
        if may_take_back(self.notice, self.standing, self.parties):
            yield Link(TAKE_BACK, url_of(self.notice, "notice_take_back"))

    def _steps_of_coordinator(self) -> list[str]:
        if self.notice.stage == S.ASKED:
            return [SERVE, DECLINE]
        plan = self.plan_waits
        agreeing = [f"Agree plan {plan.plan.number}"] if plan else []
        return agreeing + [self._words(to) for to in moves_on_page(self.notice)]

    def _words(self, to: NoticeStage) -> str:
        return to_do(S(self.notice.stage), to, steps_of(self.notice))


def step_words(notice: Notice, to: NoticeStage, names: Mapping[str, str]) -> str:
    """A move as the heading of its page."""
    return to_do(S(notice.stage), to, names)
