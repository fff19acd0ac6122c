"""Decisions, actions, meetings and appraisals for tests, each made by the person who may."""

from datetime import date, timedelta
from typing import Any

from contracts.action_moves import ActionState
from contracts.actions.agreed_actions import WhatWasAgreed, drop_action, keep_action, record_done
from contracts.actions.decisions import lead_to_notice, propose_decision, record_taken, withdraw_decision
from contracts.actions.meetings import WhenAndWhere, call_meeting, cancel_meeting, hold_meeting
from contracts.audit import Actor
from contracts.decision_moves import DecisionStatus
from contracts.meeting_moves import MeetingState
from contracts.models import (
    AgreedAction,
    Agreement,
    Meeting,
    Membership,
    Notice,
    Organisation,
    RecordOfDecision,
    Role,
)
from cypmhs_portal.decisions.agenda_sources import agenda_of
from tests.kent import DEMO_MOMENT, Kent

TODAY = DEMO_MOMENT.date()
PARTS = {
    "number": "19/00100",
    "subject": "Counselling",
    "taker": "Cabinet Member",
    "decision": "Agree the counselling.",
}


def alex(kent: Kent) -> Actor:
    """The council's commissioner."""
    return Actor.person(kent.people[Role.COUNCIL_COMMISSIONER])


def here() -> Kent:
    """Kent as the database has it, for a row that a test asks for without it."""
    people = Membership.objects.select_related("user").order_by("-pk")
    agreement = Agreement.objects.order_by("pk").first()
    assert agreement is not None
    return Kent(agreement, {Role(held.role): held.user for held in people})


def proposed(kent: Kent, **parts: str) -> RecordOfDecision:
    """A proposed decision."""
    return propose_decision(kent.agreement, parts=PARTS | parts, by=alex(kent), at=DEMO_MOMENT)


def decision_in(kent: Kent, status: DecisionStatus, **parts: str) -> RecordOfDecision:
    """A decision of that status."""
    decision = proposed(kent, **parts)
    if status is DecisionStatus.TAKEN:
        return record_taken(decision, on=TODAY, by=alex(kent), at=DEMO_MOMENT)
    if status is DecisionStatus.WITHDRAWN:
        return withdraw_decision(decision, reason="Not needed", by=alex(kent), at=DEMO_MOMENT)
    return decision


def asked_for(kent: Kent) -> Notice:
    """A notice that was asked for and not served."""
    kind = kent.agreement.notice_kinds.order_by("pk")[0]
    person = kent.people[Role.COUNCIL_COMMISSIONER]
    return Notice.objects.create(
        agreement=kent.agreement,
        kind=kind,
        subject="Early Help caseload",
        reason="Below its target",
        asked_by=person,
        asked_by_name=person.name,
        asked_at=DEMO_MOMENT,
    )


def led_to(kent: Kent):
    """What a taken decision led to."""
    return lead_to_notice(decision_in(kent, DecisionStatus.TAKEN), asked_for(kent), by=alex(kent), at=DEMO_MOMENT)


def agreed(kent: Kent, owner: str = "NELFT", due_on: date = TODAY, **more: object) -> AgreedAction:
    """An open action."""
    fields: dict[str, Any] = {
        "what": "Report by area",
        "owner": Organisation.objects.get(short_name=owner),
        "due_on": due_on,
        "agreed_at": "Contract monitoring meeting",
        "agreed_on": TODAY - timedelta(days=60),
    }
    said = WhatWasAgreed(**fields | more)
    return keep_action(kent.agreement, said, by=alex(kent), at=DEMO_MOMENT)


def action_in(kent: Kent, state: ActionState, owner: str = "NELFT") -> AgreedAction:
    """An action of that state."""
    action = agreed(kent, owner)
    if state is ActionState.DONE:
        return record_done(action, on=TODAY, evidence="The report", by=alex(kent), at=DEMO_MOMENT)
    if state is ActionState.DROPPED:
        return drop_action(action, reason="Not needed", by=alex(kent), at=DEMO_MOMENT)
    return action


def called(kent: Kent, on: date = TODAY, title: str = "Review meeting") -> Meeting:
    """A meeting that is called."""
    return call_meeting(kent.agreement, title=title, meets=WhenAndWhere(on), by=alex(kent), at=DEMO_MOMENT)


def meeting_in(kent: Kent, state: MeetingState) -> Meeting:
    """A meeting of that state."""
    meeting = called(kent, title=f"A meeting that is {state.value}")
    if state is MeetingState.HELD:
        agenda = agenda_of(kent.agreement, TODAY)
        return hold_meeting(meeting, agenda=agenda, by=alex(kent), at=DEMO_MOMENT)
    if state is MeetingState.CANCELLED:
        return cancel_meeting(meeting, reason="Nobody can come", by=alex(kent), at=DEMO_MOMENT)
    return meeting
