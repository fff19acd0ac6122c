"""What a change of terms or of due days means for figures and returns."""

from django.db import transaction

from contracts import audit
from contracts.changes import DueDayChange, TermsChange, tell_me_of_due_days, tell_me_of_terms
from contracts.models import Agreement
from performance.actions.days import retime_obligations
from performance.needs import state_need


def listen_to_contracts() -> None:
    """Ask to be told of what changes in agreements."""
    tell_me_of_terms(state_need_of)
    tell_me_of_due_days(retime_returns)


def state_need_of(change: TermsChange) -> None:
    """Have every figure from the month of a changed term on worked out again."""
    state_need(change.agreement, change.from_day, None, reason=change.reason, at=change.at)


@transaction.atomic
def retime_returns(change: DueDayChange) -> None:
    """Give the returns that are still open their due days anew, and the figures that count them."""
    for agreement in [change.agreement] if change.agreement else Agreement.objects.order_by("pk"):
        moved = retime_obligations(agreement)
        if not moved:
            continue
        audit.record(
            "due days worked out again",
            by=change.by,
            agreement=agreement,
            subject=change.reason,
            before={f"{one.month:%Y-%m}": was for one, was in moved},
            after={f"{one.month:%Y-%m}": one.due_on for one, _ in moved},
        )
        first = min(one.month for one, _ in moved)
        state_need(agreement, first, None, reason=change.reason, at=change.at)
