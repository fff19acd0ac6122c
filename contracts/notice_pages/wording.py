"""How a move of a notice is named: as something to do, and as something that happened."""

from collections.abc import Mapping

from contracts.levers.ladder import NoticeStage
from contracts.levers.wording import name_of_stage

S = NoticeStage
# A stage that one of several others follows: its link names what it led to.
LEADS_ON = (S.MEETING, S.INVESTIGATION)
TO_DO = {
    S.BREACHED: "Record a breach",
    S.EXCEPTION_REPORT: "Make the exception report",
    S.WITHHOLDING: "Begin withholding",
    S.MONITORED: "Record that it was put right: the plan goes on",
    S.RESOLVED: "Close the notice: put right",
    S.UNRESOLVED: "Close the notice: not put right",
    S.WITHDRAWN: "Withdraw the notice",
    S.DECLINED: "Decline to serve it",
    S.TAKEN_BACK: "Take the request back",
}
DONE = {
    S.ASKED: "Notice asked for",
    S.TAKEN_BACK: "Request taken back",
    S.DECLINED: "Declined",
    S.BREACHED: "Breach recorded",
    S.EXCEPTION_REPORT: "Exception report made",
    S.WITHHOLDING: "Withholding began",
    S.WITHDRAWN: "Notice withdrawn",
    S.RESOLVED: "Closed: put right",
    S.UNRESOLVED: "Closed: not put right",
}
# How the day on which a stage was left is introduced.
LEFT = {S.MEETING: "Held on", S.PLAN: "Agreed on", S.EXCEPTION_REPORT: "Made on"}


def to_do(before: NoticeStage, to: NoticeStage, names: Mapping[str, str]) -> str:
    """A move as a link and a heading: "Record the meeting: remedial action plan", "Record a breach"."""
    if to in TO_DO:
        return TO_DO[to]
    name = lower_first(name_of_stage(to, names))
    if before in LEADS_ON:
        return f"Record that the {lower_first(name_of_stage(before, names))} led to: {name}"
    return f"Go on to: {name}"


def done(before: str, to: str, names: Mapping[str, str]) -> str:
    """A move as an entry of the record: "Notice served", "Contract management meeting led to: immediate action"."""
    if before == S.ASKED and to not in DONE:
        return "Notice served"
    if to == S.MONITORED:
        return "Plan agreed" if before == S.PLAN else "Put right: the plan goes on"
    if to in DONE:
        return DONE[NoticeStage(to)]
    return f"{name_of_stage(before, names)} led to: {lower_first(name_of_stage(to, names))}"


def lower_first(text: str) -> str:
    """The text as it stands within a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
