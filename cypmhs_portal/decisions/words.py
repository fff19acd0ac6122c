"""A record of decision in words: its title, its parts under the headings of the council's form."""

from dataclasses import dataclass

from contracts.decision_moves import DecisionStatus
from contracts.formatting import day
from contracts.models import RecordOfDecision

STATUS_COLOURS = {DecisionStatus.PROPOSED: "yellow", DecisionStatus.TAKEN: "green", DecisionStatus.WITHDRAWN: "grey"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the form; a part that nobody filled in says so."""

    name: str
    heading: str
    text: str


def title_of(decision: RecordOfDecision) -> str:
    """What the form is headed: a proposed record, or one of a decision that was taken."""
    heads = {
        DecisionStatus.PROPOSED: "Proposed record of decision",
        DecisionStatus.TAKEN: "Record of decision",
        DecisionStatus.WITHDRAWN: "Withdrawn record of decision",
    }
    return heads[DecisionStatus(decision.status)]


def taken_by(decision: RecordOfDecision) -> str:
    """The heading for who decides: it was taken, or is to be."""
    return "Decision taken by" if decision.status == DecisionStatus.TAKEN else "Decision to be taken by"


def when(decision: RecordOfDecision) -> str:
    """When it was taken, as far as is known."""
    if decision.status != DecisionStatus.TAKEN:
        return ""
    return day(decision.decided_on) or "The day is not in the papers"


def parts_of(decision: RecordOfDecision) -> tuple[Part, ...]:
    """The parts in the order of the form (000, 002)."""
    is_taken = decision.status == DecisionStatus.TAKEN
    return (
        Part("decision", "Decision" if is_taken else "Proposed decision", decision.decision),
        Part("reasons", "Reasons for decision", decision.reasons),
        Part("equality", "Equality implications", decision.equality_implications),
        Part("financial", "Financial implications", decision.financial_implications),
        Part("legal", "Legal implications", decision.legal_implications),
    )


def parts_after_consultation(decision: RecordOfDecision) -> tuple[Part, ...]:
    """What the form has below the committees."""
    return (
        Part("alternatives", "Alternatives considered and rejected", decision.alternatives_rejected),
        Part("interests", "Interests declared and dispensations granted", decision.interests_declared),
    )


def heads_of(decision: RecordOfDecision) -> tuple[tuple[str, str], ...]:
    """The lines at the top of the form: who takes it, its number, whether it is published, whether it is a key one."""
    rows = (
        (taken_by(decision), decision.taker),
        ("Decision number", decision.number),
        ("Taken on", when(decision)),
        ("Publication", decision.restriction),
        ("Key decision", f"Yes: {decision.key_because}" if decision.key_because else "Not stated as a key decision"),
        ("Subject", decision.subject),
    )
    return tuple((name, text) for name, text in rows if text)
