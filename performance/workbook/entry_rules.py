"""What Excel itself lets into the cells of a template: numbers of their kind, a date, and reasons to choose from."""

from collections.abc import Iterable, Iterator
from datetime import date

from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from performance.workbook.blank import BlankSheet, Kind
from performance.workbook.limits import MAX_NAME
from performance.workbook.numbers import COUNT, Quantity
from performance.workbook.wording import lowered

FIRST_ROW = 2
BLANK_SAYS = "If you cannot report it, leave the cell blank and give the reason. 0 means that there were none."


def number_rules(sheet: BlankSheet) -> Iterator[DataValidation]:
    """A rule for each quantity that the sheet asks for: whole or with decimals, and never below 0."""
    quantities = {cell.quantity for row in sheet.rows for cell in row if cell.kind is Kind.NUMBER and cell.quantity}
    for quantity in sorted(quantities, key=lambda one: one.name):
        rule = DataValidation(
            type="whole" if quantity is COUNT else "decimal",
            operator="greaterThanOrEqual",
            formula1="0",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="This number cannot be right",
            error=f"Type {lowered(quantity.name)}, such as {quantity.example}. {BLANK_SAYS}",
        )
        for span in _spans(sheet, quantity):
            rule.add(span)
        yield rule


def reason_rule(sheet: BlankSheet, reasons: str) -> DataValidation | None:
    """A list to choose from in the column of reasons, which takes any other text too; None without such a column.

    `reasons` is where the reasons stand, as a formula names it.
    """
    if Kind.REASON not in sheet.kinds or not sheet.rows:
        return None
    rule = DataValidation(type="list", formula1=reasons, allow_blank=True, showErrorMessage=False)
    rule.showInputMessage = True
    rule.promptTitle = "Only if you cannot report it"
    rule.prompt = "Choose a reason or type your own, and leave the row’s numbers blank."
    column = get_column_letter(sheet.kinds.index(Kind.REASON) + 1)
    rule.add(f"{column}{FIRST_ROW}:{column}{len(sheet.rows) + 1}")
    return rule


def name_rule(cell: str) -> DataValidation:
    """Who prepared the return: not longer than is read."""
    rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(MAX_NAME), allow_blank=True)
    rule.promptTitle, rule.prompt, rule.showInputMessage = "Prepared by", "Your name or your team’s.", True
    rule.add(cell)
    return rule


def date_rule(cell: str, month: date) -> DataValidation:
    """The date prepared: a date from the reporting month on."""
    rule = DataValidation(
        type="date",
        operator="greaterThanOrEqual",
        formula1=f"DATE({month.year},{month.month},{month.day})",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="A date",
        error="Type the date on which the return was prepared, with the month in words.",
    )
    rule.promptTitle, rule.prompt, rule.showInputMessage = "Date prepared", "Such as 12 September 2019.", True
    rule.add(cell)
    return rule


def allow(into: Worksheet, rules: Iterable[DataValidation | None]) -> None:
    """Put the rules that there are onto a sheet."""
    for rule in rules:
        if rule is not None:
            into.add_data_validation(rule)


def _spans(sheet: BlankSheet, quantity: Quantity) -> Iterator[str]:
    """The cells that ask for `quantity`, as runs down a column."""
    for column in range(len(sheet.headings)):
        letter = get_column_letter(column + 1)
        wanted = {
            number
            for number, row in enumerate(sheet.rows, FIRST_ROW)
            if row[column].kind is Kind.NUMBER and row[column].quantity is quantity
        }
        starts = sorted(number for number in wanted if number - 1 not in wanted)
        ends = sorted(number for number in wanted if number + 1 not in wanted)
        yield from (f"{letter}{start}:{letter}{end}" for start, end in zip(starts, ends, strict=True))
