"""The dated terms of a kind of notice as its ladder says them, marked where nobody checked them."""

from datetime import date

from contracts.models import NoticeKind
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


def has_unchecked_terms(kind: NoticeKind, on: date) -> bool:
    """Whether a term in force was not checked against the contract."""
    clocks = (clock_term(kind, step.stage, on) for step in kind.steps.all())
    return any(term is not None and not term.checked_reference for term in (*clocks, withholding_term(kind, on)))
