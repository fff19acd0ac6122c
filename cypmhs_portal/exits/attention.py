"""What needs attention of the exits of an agreement's elements: what was to be handed over and was not."""

from collections.abc import Iterator

from django.urls import reverse

from contracts.formatting import count_of, weekday
from contracts.queries.handover import overdue_items
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt


def overdue_handover(looked: LookedAt) -> Iterator[Attention]:
    """Each thing that was to be handed over before today and is open, the longest overdue first. One query."""
    for item in overdue_items(looked.agreement, looked.on):
        days = looked.calendar.between(item.due_on, looked.on)
        yield Attention(
            state=f"{count_of(days, 'day')} late" if days else "Late",
            colour="red",
            what=f"{item.element.short_name} is to be handed over: {item.what}",
            url=reverse("element_exit", args=[looked.agreement.reference, item.element.code]) + "#handover",
            detail=f"Was due {weekday(item.due_on)}",
            who=item.owner.short_name,
        )
