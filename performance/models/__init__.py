"""What was delivered: returns, their lines, indicators and figures."""

from performance.models.cases import CaseList, ListedCase
from performance.models.conversation import Query, QueryMessage, WarningReason
from performance.models.indicators import Definition, Figure, RecomputeNeed, StepChange, Term
from performance.models.measures import Measure, MeasureRule
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
    "Definition",
    "Figure",
    "Line",
    "ListedCase",
    "Measure",
    "MeasureRule",
    "Move",
    "Outcome",
    "Query",
    "QueryMessage",
    "RecomputeNeed",
    "Reminder",
    "ReminderRule",
    "Return",
    "State",
    "StepChange",
    "Term",
    "Upload",
    "Version",
    "WarningReason",
]
