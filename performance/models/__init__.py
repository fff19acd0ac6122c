"""What was delivered: returns, their lines, indicators and figures."""

from performance.models.cases import CaseList, ListedCase
from performance.models.conversation import Query, QueryMessage, WarningReason
from performance.models.council_cases import CouncilCase, SyncAlert, SyncRun, SyncTerms
from performance.models.indicators import Definition, Figure, RecomputeNeed, StepChange, Term
from performance.models.lever_signals import LeverSignalTerm, Signal
from performance.models.measures import Measure, MeasureRule
from performance.models.reconciliation import (
    Difference,
    ExplainedDifference,
    Explanation,
    ExplanationAnswer,
    Reconciliation,
)
from performance.models.reminders import Reminder, ReminderRule
from performance.models.returns import (
    Line,
    Move,
    Outcome,
    Return,
    Upload,
    Version,
)
from performance.moves import State

__all__ = [
    "CaseList",
    "CouncilCase",
    "Definition",
    "Difference",
    "ExplainedDifference",
    "Explanation",
    "ExplanationAnswer",
    "Figure",
    "LeverSignalTerm",
    "Line",
    "ListedCase",
    "Measure",
    "MeasureRule",
    "Move",
    "Outcome",
    "Query",
    "QueryMessage",
    "RecomputeNeed",
    "Reconciliation",
    "Reminder",
    "ReminderRule",
    "Return",
    "Signal",
    "State",
    "StepChange",
    "SyncAlert",
    "SyncRun",
    "SyncTerms",
    "Term",
    "Upload",
    "Version",
    "WarningReason",
]
