"""Where the evidence of a notice is quoted from. The app that knows figures says so when the portal starts.

A notice is served with the figures that it was asked for with, quoted again as they are known on that day.
"""

from collections.abc import Callable
from datetime import datetime

from contracts.levers.quoted import QuotedFigure
from contracts.models import Notice

Quoter = Callable[[Notice, datetime], tuple[QuotedFigure, ...]]

_quoters: list[Quoter] = []


def quote_evidence_with(quoter: Quoter) -> None:
    """Have `quoter` quote evidence. Called once for each app that knows figures, when the portal starts."""
    if quoter not in _quoters:
        _quoters.append(quoter)


def quoted_again(notice: Notice, at: datetime) -> tuple[QuotedFigure, ...]:
    """The figures that `notice` was asked for with, as they are known now; stamped `at`."""
    return tuple(figure for quoter in _quoters for figure in quoter(notice, at))
