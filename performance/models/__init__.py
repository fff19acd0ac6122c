"""What was delivered: returns, their lines, indicators and figures."""

from performance.models.indicators import Definition, Figure, RecomputeNeed, StepChange, Term
from performance.models.measures import Measure, MeasureRule
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
    "Definition",
    "Figure",
    "Line",
    "Measure",
    "MeasureRule",
    "Move",
    "Outcome",
    "RecomputeNeed",
    "Return",
    "State",
    "StepChange",
    "Term",
    "Upload",
    "Version",
]
