"""`manage.py payments`: a financial year of instalments, deductions, payments and spend, month by month."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contracts.console_arguments import agreement_called
from contracts.formatting import money, month_name
from contracts.models import Agreement, Purpose
from funding.payments_record import YearShares, record_of
from funding.queries.shares import share_figures
from funding.queries.year_of_money import year_of_money
from funding.year_of_money import ElementMoney, KnownTotal, MonthMoney, Sum, Totals, YearOfMoney, months_of_year, totals
from performance.queries import NOT_AVAILABLE

COLUMNS = "{:<14} {:>15} {:>14} {:>12} {:>15} {:>15} {:>15} {:>14} {:>14}  {}"
AMOUNTS = ("Element", "Instalment", "Deductions", "Additions", "To pay", "Spent", "Less spent")
SHARES = (Purpose.CONTRACT_SHARE, Purpose.CASELOAD_SHARE)
HEADINGS = COLUMNS.format(*AMOUNTS, "% of contract", "% of caseload", "As certified")


class Command(BaseCommand):
    """Print what was due, taken away, paid and spent in a financial year."""

    help = "Print a financial year of payments and spend by month and element, as a table or with --json."

    def add_arguments(self, parser: CommandParser) -> None:
        """--agreement REF --year 2019/20 [--json]"""
        parser.add_argument("--agreement", required=True, metavar="REF")
        parser.add_argument("--year", required=True, metavar="YYYY/YY", help="2019/20 or 2019-20, April to March.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each month with the elements funded in it, then the totals."""
        agreement = agreement_called(options["agreement"])
        try:
            months = months_of_year(options["year"], agreement)
        except ValueError as error:
            raise CommandError(str(error)) from error
        held = year_of_money(agreement, months)
        shares = YearShares(share_figures(agreement, months), agreement.elements.all())
        if options["json"]:
            self.stdout.write(json.dumps(record_of(agreement, held, shares), indent=1, ensure_ascii=False))
            return
        for line in _table(agreement, held, shares):
            self.stdout.write(line)


def _table(agreement: Agreement, held: YearOfMoney, shares: YearShares) -> Iterator[str]:
    yield f"{agreement.reference}, {held.year}"
    for month in held.months:
        yield from ("", _title(month), HEADINGS)
        yield from (_row(one, shares) for one in month.elements)
        yield from _reasons(month)
    yield from ("", "The year. * Of the months in which the amount is known: its row does not add up")
    yield COLUMNS.format(*AMOUNTS, "", "", "Known of the monthly amounts")
    yield from (_total_row(code, held.totals_of(code)) for code in held.names)
    yield _total_row("All", totals(held.every))


def _title(month: MonthMoney) -> str:
    said = [
        f"payment {one.number}: {one.state_in_words.lower()}"
        + (f", ledger reference {one.ledger_reference}" if one.ledger_reference else "")
        for one in month.payments
    ]
    return f"{month_name(month.month)} ({'; '.join(said) or 'not certified'})"


def _reasons(month: MonthMoney) -> Iterator[str]:
    said: Mapping[str, Sum] = {
        f"{one.code}: {what}": amount
        for one in month.elements
        for what, amount in (("deductions", one.deducted), ("spent", one.spent))
    }
    yield from (f"  {what} {NOT_AVAILABLE}: {one.reason}" for what, one in said.items() if one.pounds is None)


def _row(one: ElementMoney, shares: YearShares) -> str:
    amounts = [_text(one.deducted), money(one.added), _text(one.to_pay), _text(one.spent), _text(one.difference)]
    shown = [shares.record(one.code, purpose, one.month)["shown"] for purpose in SHARES]
    return COLUMNS.format(one.code, money(one.instalment), *amounts, *shown, "yes" if one.is_certified else "no")


def _total_row(name: str, total: Totals) -> str:
    amounts = [
        _text(total.deducted),
        money(total.added),
        _text(total.to_pay),
        _text(total.spent),
        _text(total.difference),
    ]
    known = f"to pay {total.to_pay.known}, spent {total.spent.known}, of {total.spent.of}"
    return COLUMNS.format(name, money(total.instalment), *amounts, "", "", known)


def _text(amount: Sum | KnownTotal) -> str:
    if amount.pounds is None:
        return NOT_AVAILABLE
    return f"{money(amount.pounds)}{'*' if amount.reason else ''}"
