"""Which month a page shows, and which others can be chosen."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from contracts.agreement_months import months_of
from contracts.models import Agreement
from contracts.periods import parse_month
from performance.returns_held import HeldReturn, ReturnsHeld


@dataclass(frozen=True, slots=True)
class ChosenMonth:
    """The month shown, the months that can be shown (newest first), and the last accepted return."""

    month: date
    choices: tuple[date, ...]
    last_accepted: HeldReturn | None


def choose_month(agreement: Agreement, returns: ReturnsHeld, asked: str, today: date) -> ChosenMonth:
    """The month asked for as YYYY-MM; without one the last accepted, else the first that a return covers.

    A month that has not ended, or that no return is required for and none was sent, answers 404.
    """
    months = months_of(agreement)
    ended = months.ended(today)
    sent = {one.month for one in returns.returns if one.month < ended}
    choices = tuple(sorted({*months.required(ended), *sent}, reverse=True)) or (months.returns_from,)
    last = returns.last_accepted
    if not asked:
        return ChosenMonth(last.month if last else choices[0], choices, last)
    try:
        month = parse_month(asked)
    except ValueError as error:
        raise Http404(str(error)) from error
    if month not in choices:
        raise Http404("There are no figures of that month.")
    return ChosenMonth(month, choices, last)
