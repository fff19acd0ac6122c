"""The dated terms of a kind of notice as its ladder says them, marked where nobody checked them."""

from datetime import date

from contracts.levers.ladder import NoticeStage
from contracts.models import Notice, NoticeKind, NoticeWithholding
from contracts.notice_pages.clock import agreed_term
from contracts.queries.notice_terms import clock_term, withholding_term
from contracts.term_words import part_in_words


def how_long(kind: NoticeKind, stage: str, on: date) -> str:
    """ "5† operational days"; empty for a stage without a clock."""
    term = clock_term(kind, stage, on)
    return agreed_term(term) if term else ""


def what_is_withheld(kind: NoticeKind, on: date) -> str:
    """ "2%† of the monthly instalment of the notice's element"; empty where nothing is agreed."""
    term = withholding_term(kind, on)
    return part_in_words(term, is_marked=True) if term else ""


def has_unchecked_terms(notice: Notice, on: date) -> bool:
    """Whether a term in force, or what the notice withholds, was not checked against the contract."""
    clocks = (clock_term(notice.kind, step.stage, on) for step in notice.kind.steps.all())
    withheld = _what_it_withholds(notice) or withholding_term(notice.kind, on)
    return any(term is not None and not term.checked_reference for term in (*clocks, withheld))


def _what_it_withholds(notice: Notice) -> NoticeWithholding | None:
    """What was set when the notice (from `held`) came to withholding; None where it did not."""
    began = next((move for move in notice.moves.all() if move.to_stage == NoticeStage.WITHHOLDING), None)
    return began.withholding if began else None
