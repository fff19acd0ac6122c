"""Lists that have a month in each row, narrowed to one month or to some in a row."""

from datetime import date
from typing import Any

from contracts.api.asked import AskedOfList, MonthField

# "from" is a word of the language, so the field is put in by its name.
FIRST, LAST, ONE = "from", "until", "month"


class AskedOfMonths(AskedOfList):
    """Rows of one month, or of the months from one until another, both included."""

    def get_fields(self) -> Any:
        """The fields of any list, and the months."""
        return {
            ONE: MonthField(required=False, default=None, help_text="Only this month: 2019-08."),
            FIRST: MonthField(required=False, default=None, help_text="This month and later ones: 2019-04."),
            LAST: MonthField(required=False, default=None, help_text="This month and earlier ones: 2019-08."),
        } | super().get_fields()


def months_asked_for(asked: dict[str, Any]) -> dict[str, date]:
    """The months as a queryset filters by them; nothing for what was not asked for."""
    bounds = {"month": asked[ONE], "month__gte": asked[FIRST], "month__lte": asked[LAST]}
    return {column: month for column, month in bounds.items() if month is not None}


def is_asked_for(month: date, asked: dict[str, Any]) -> bool:
    """Whether a row of `month` is asked for, where rows are worked out and not queried."""
    one, first, last = asked[ONE], asked[FIRST], asked[LAST]
    return one in (None, month) and (first is None or first <= month) and (last is None or month <= last)
