"""What was delivered: returns, their lines, indicators and figures."""

from performance.models.indicators import Definition, Figure, RecomputeNeed, StepChange, Term
from performance.models.returns import (
    Line,
    Measure,
    MeasureRule,
    Move,
    Outcome,
    Return,
    State,
    Upload,
    Version,
)

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
