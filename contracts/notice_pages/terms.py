"""The dated terms of a kind of notice as its ladder says them, marked where nobody checked them."""

from datetime import date

from contracts.formatting import plain
from contracts.levers.ladder import NoticeStage
from contracts.models import Notice, NoticeKind, NoticeWithholding, StepClock, WithholdingTerm
from contracts.notice_pages.clock import UNCHECKED, agreed_term
from contracts.periods import is_in_force


def clock_term(kind: NoticeKind, stage: str, on: date) -> StepClock | None:
    """How long a stage of the kind may take, as in force on a day; None where it has no clock."""
    terms = (term for step in kind.steps.all() if step.stage == stage for term in step.clocks.all())
    return next((term for term in terms if is_in_force(on, term.in_force_from, term.in_force_until)), None)


def how_long(kind: NoticeKind, stage: str, on: date) -> str:
    """ "5† operational days"; empty for a stage without a clock."""
    term = clock_term(kind, stage, on)
    return agreed_term(term) if term else ""


def withholding_in_force(kind: NoticeKind, on: date) -> WithholdingTerm | None:
    """What may be withheld under the kind of notice, as in force on a day."""
    terms = kind.withholding_terms.all()
    return next((term for term in terms if is_in_force(on, term.in_force_from, term.in_force_until)), None)


def what_is_withheld(kind: NoticeKind, on: date) -> str:
    """ "2%† of the monthly instalment of the notice's element"; empty where nothing is agreed."""
    term = withholding_in_force(kind, on)
    if term is None:
        return ""
    mark = "" if term.checked_reference else UNCHECKED
    return f"{plain(term.percent)}%{mark} of {term.get_basis_display()}"


def has_unchecked_terms(notice: Notice, on: date) -> bool:
    """Whether a term in force, or what the notice withholds, was not checked against the contract."""
    clocks = (clock_term(notice.kind, step.stage, on) for step in notice.kind.steps.all())
    withheld = _what_it_withholds(notice) or withholding_in_force(notice.kind, on)
    return any(term is not None and not term.checked_reference for term in (*clocks, withheld))


def _what_it_withholds(notice: Notice) -> NoticeWithholding | None:
    """What was set when the notice (from `held`) came to withholding; None where it did not."""
    began = next((move for move in notice.moves.all() if move.to_stage == NoticeStage.WITHHOLDING), None)
    return began.withholding if began else None
