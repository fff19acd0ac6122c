"""What a command is told at the console, or a plain sentence that says what was expected."""

from datetime import date, datetime

from django.core.management.base import CommandError

from contracts.agreement_months import months_of
from contracts.formatting import month_name
from contracts.looking_back import moment_written
from contracts.models import Agreement
from contracts.periods import add_months, parse_month

MISUSE = 2


def agreement_called(reference: str) -> Agreement:
    """The agreement, or a plain sentence that names those there are."""
    agreement = Agreement.objects.filter(reference=reference).first()
    if agreement is None:
        there = ", ".join(Agreement.objects.order_by("reference").values_list("reference", flat=True)) or "none"
        raise CommandError(f"There is no agreement called {reference}. There are: {there}.")
    return agreement


def month_called(text: str) -> date:
    """The month written as YYYY-MM, or a plain sentence."""
    try:
        return parse_month(text)
    except ValueError as error:
        raise CommandError(str(error)) from error


def moment_called(option: str, text: str | None, now: datetime) -> datetime | None:
    """The moment to look back to, None for now; a plain sentence, and the exit code of misuse, for what is none."""
    if text is None:
        return None
    try:
        return moment_written(text, now)
    except ValueError as error:
        raise CommandError(f"{option}: {error}", returncode=MISUSE) from error


def ended_month_called(text: str, agreement: Agreement, on: date) -> date:
    """A month of the agreement that has ended on the day `on`, or a plain sentence."""
    month, months = month_called(text), months_of(agreement)
    if not months.first <= month < months.end:
        last = add_months(months.end, -1)
        raise CommandError(
            f"{month_name(month)} is outside the term: {agreement.reference} runs from "
            f"{month_name(months.first)} to {month_name(last)}."
        )
    if month >= months.ended(on):
        raise CommandError(f"{month_name(month)} has not ended.")
    return month
