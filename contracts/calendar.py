"""The calendar of Operational Days that the agreement's clocks run on: known bank holidays and added ones."""

from contracts.models import AddedHoliday
from contracts.operational_days import OperationalCalendar, england_holidays


def calendar_for(first_year: int, last_year: int) -> OperationalCalendar:
    """England's bank holidays of the years from `first_year` to `last_year`, and every day added in the admin site."""
    added = frozenset(AddedHoliday.objects.values_list("day", flat=True))
    return OperationalCalendar(england_holidays(range(first_year, last_year + 1)) | added)
