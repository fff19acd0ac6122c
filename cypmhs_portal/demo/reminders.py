"""When the demo's provider is reminded of a return."""

from contracts.models import Agreement
from performance.models import ReminderRule

OPERATIONAL_DAYS = (-3, 0, 1)


def load_reminder_rules(agreement: Agreement) -> None:
    """Three Operational Days before a return is due, on the day, and the day after; to whoever may act on it."""
    ReminderRule.objects.bulk_create(
        ReminderRule(agreement=agreement, operational_days=days) for days in OPERATIONAL_DAYS
    )
