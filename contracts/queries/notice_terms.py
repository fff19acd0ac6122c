"""The dated terms of a kind of notice, as in force on a day: how long a stage may take, what may be withheld."""

from datetime import date

from contracts.models import NoticeKind, StepClock, WithholdingTerm
from contracts.periods import is_in_force


def clock_term(kind: NoticeKind, stage: str, on: date) -> StepClock | None:
    """How long a stage of the kind may take, as in force on the day `on`; None where it has no clock."""
    terms = (term for step in kind.steps.all() if step.stage == stage for term in step.clocks.all())
    return next((term for term in terms if is_in_force(on, term.in_force_from, term.in_force_until)), None)


def withholding_term(kind: NoticeKind, on: date) -> WithholdingTerm | None:
    """What may be withheld under the kind of notice, as in force on the day `on`; None where no term is."""
    terms = kind.withholding_terms.all()
    return next((term for term in terms if is_in_force(on, term.in_force_from, term.in_force_until)), None)
