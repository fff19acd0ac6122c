"""Agreed actions that need attention: open though their day has passed."""

from collections.abc import Iterator

from django.urls import reverse

from contracts.action_moves import ActionState
from contracts.formatting import count_of, weekday
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt


def overdue_actions(looked: LookedAt) -> Iterator[Attention]:
    """The open actions whose day has passed, the longest overdue first."""
    late = looked.agreement.agreed_actions.filter(state=ActionState.OPEN, due_on__lt=looked.on)
    for action in late.select_related("owner").order_by("due_on", "pk"):
        days = looked.calendar.between(action.due_on, looked.on)
        yield Attention(
            state=f"{count_of(days, 'day')} over" if days else "Overdue",
            colour="red",
            what=action.what,
            url=reverse("action", args=[looked.agreement.reference, action.pk]),
            detail=f"Action. Was due {weekday(action.due_on)}",
            who=action.owner.short_name,
        )
