"""What an agreement says of when its returns are due, read from its rows."""

from contracts.due_days import DueDayTerm
from contracts.models import Agreement


def due_day_terms_of(agreement: Agreement) -> tuple[DueDayTerm, ...]:
    """The due days of `agreement`, the earliest first. One query."""
    rows = agreement.return_due_days.order_by("in_force_from")
    return tuple(DueDayTerm(*row) for row in rows.values_list("operational_day", "in_force_from", "in_force_until"))
