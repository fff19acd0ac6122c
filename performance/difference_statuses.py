"""How each difference stands as things are now, by its key."""

from datetime import date

from contracts.models import Agreement
from performance.disputes import differences_known
from performance.models import Explanation


def statuses_of(agreement: Agreement, month: date) -> dict[int, str]:
    """The status of each of the month's differences, as things are now."""
    return dict(differences_known(agreement, [month], None).values_list("pk", "status"))


def statuses_named(explanation: Explanation) -> dict[int, str]:
    """The same of those differences that an explanation names and that are still there."""
    of_month = differences_known(explanation.agreement, [explanation.month], None)
    return dict(of_month.filter(explained__explanation=explanation).values_list("pk", "status"))
