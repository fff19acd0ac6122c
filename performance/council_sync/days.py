"""What the days of a case say beside each other, and beside the day that the batch describes."""

from performance.case_list.limits import LONGEST_OPEN_YEARS
from performance.council_sync.reasons import Reason
from performance.council_sync.shapes import SyncRules, ToldCase


def wrong_days(case: ToldCase, rules: SyncRules) -> Reason | None:
    """The first reason that the days of a case that is told give to refuse it; None where they are in order.

    As in the provider's list: a case that opened after the day that the batch describes is not of that day's
    caseload, while one that closed since is known to have closed, as long as that day has come.
    """
    assert case.opened_on is not None
    if case.opened_on > rules.as_of:
        return Reason.OPENED_LATER
    if case.opened_on.year < rules.as_of.year - LONGEST_OPEN_YEARS:
        return Reason.OPENED_LONG_AGO
    if case.closed_on is None:
        return None
    if case.closed_on < case.opened_on:
        return Reason.CLOSED_BEFORE_OPENED
    return Reason.CLOSED_AHEAD if case.closed_on > rules.today else None
