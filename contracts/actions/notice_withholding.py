"""Keeping the term of what a notice withholds with its move to withholding."""

from contracts.actions.refusals import Refused
from contracts.formatting import day
from contracts.models import NoticeMove, NoticeWithholding
from contracts.queries.notice_terms import withholding_terms_on


def keep_what_is_withheld(move: NoticeMove) -> NoticeWithholding:
    """Copy the term in force on the day of the move, in the caller's transaction: a later change of it is none here.

    The term is held until the transaction ends, so nobody edits it between reading and copying.
    """
    term = withholding_terms_on(move.notice, move.on).select_for_update(no_key=True).first()
    if term is None:
        raise Refused(f"No term of the agreement says what may be withheld under {move.notice} on {day(move.on)}.")
    return NoticeWithholding.objects.create(
        move=move, term=term, percent=term.percent, basis=term.basis, kept_after_months=term.kept_after_months
    )
