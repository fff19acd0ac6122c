"""The rules about a return's month and the day it was prepared, one function each."""

from datetime import date

from contracts.formatting import day, month_name
from performance.findings import Finding, error, warning
from performance.form import ReturnForm
from performance.workbook.dates import ReadDay, read_day
from performance.workbook.grid import Cell
from performance.workbook.layout import RETURN_SHEET
from performance.workbook.wording import listed, sentence, shown

DECEMBER = 12


def read_month(cell: Cell) -> tuple[date | None, list[Finding]]:
    """The first day of the reporting month. Any day of a month stands for the month, with a word."""
    read = read_day(cell)
    if read.day is None:
        return None, [_unreadable("month", cell, read)]
    if read.day.day == 1:
        return read.day, []
    month = read.day.replace(day=1)
    return month, [
        warning(
            "month-day",
            RETURN_SHEET,
            cell.ref,
            title=f"The reporting month was read as {month_name(month)}",
            found=f"The date {day(read.day)}",
            expected=f"The first day of a month, such as {day(month)}",
            remedy=f"Type {day(month)} in {cell.ref} if that is the month",
        )
    ]


def month_findings(month: date | None, cell: Cell, form: ReturnForm | None, today: date) -> list[Finding]:
    """Whether the month is one that the agreement asks a return for, now."""
    if month is None:
        return []
    return [*_outside_the_term(month, cell, form), *_not_ended(month, cell, today)]


def prepared_on_findings(cell: Cell, today: date) -> tuple[date | None, list[Finding]]:
    """The day a return was prepared, which cannot lie ahead."""
    read = read_day(cell)
    if read.day is None or read.is_month:
        return None, [_unreadable("date-prepared", cell, read)]
    if read.day <= today:
        return read.day, []
    return read.day, [
        warning(
            "prepared-later",
            RETURN_SHEET,
            cell.ref,
            title="The date prepared lies ahead",
            found=day(read.day),
            expected=f"{day(today)} or earlier",
            remedy=f"Correct {cell.ref}",
        )
    ]


def _outside_the_term(month: date, cell: Cell, form: ReturnForm | None) -> list[Finding]:
    """A month from the agreement's first to before its end."""
    if form is None or form.first_month <= month < form.end_month:
        return []
    return [
        error(
            "month-outside-term",
            RETURN_SHEET,
            cell.ref,
            title=f"{month_name(month)} is outside the agreement",
            found=month_name(month),
            expected=f"A month from {month_name(form.first_month)} and before {month_name(form.end_month)}",
            remedy=f"Correct {cell.ref}",
        )
    ]


def _not_ended(month: date, cell: Cell, today: date) -> list[Finding]:
    """A return is of a month that has ended: its figures are those of the month's end."""
    if _month_after(month) <= today:
        return []
    return [
        error(
            "month-not-ended",
            RETURN_SHEET,
            cell.ref,
            title=f"{month_name(month)} has not ended",
            found=f"{month_name(month)}, on {day(today)}",
            expected="A month that has ended",
            remedy=f"Correct {cell.ref}, or upload the return after the month's last day",
        )
    ]


def _month_after(month: date) -> date:
    return (
        date.max
        if month.year == date.max.year
        else date(month.year + month.month // DECEMBER, month.month % DECEMBER + 1, 1)
    )


def _unreadable(code: str, cell: Cell, read: ReadDay) -> Finding:
    """A month or day that cannot be read; where it could be two, both are named and neither is preferred.

    In a cell formatted as a date, Excel writes what is typed into a CSV file in figures again: hence the format.
    """
    is_month = code == "month"
    what, example = ("reporting month", "August 2019") if is_month else ("date prepared", "12 September 2019")
    days = listed([day(one) for one in read.candidates], "or")
    typed = listed([month_name(one) if is_month else day(one) for one in read.candidates], "or")
    return error(
        code,
        RETURN_SHEET,
        cell.ref,
        title=f"The {what} could be two dates" if days else f"The {what} cannot be read",
        found=sentence(shown(cell.value)) + (f", which is {days}" if days else ""),
        expected="A date with the month in words" if days else f"A date, or words such as {example}",
        remedy=f"Format {cell.ref} as text, then type {typed} in it, whichever is meant"
        if days
        else f"Format {cell.ref} as text, then type the {what} in it, with the month in words",
    )
