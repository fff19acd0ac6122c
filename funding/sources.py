"""Money as a source of inputs for indicators: annual amounts in force, and the instalment of the month."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.formatting import month_name
from contracts.models import Agreement
from contracts.periods import days_in_force, is_in_force
from funding.days_paid_for import days_paid_for, judged_on
from funding.instalments import instalment_due
from funding.models import FundingLine
from funding.payers import council_of, is_council_money
from funding.queries.funding_lines import funding_lines
from performance.indicators import FormulaTerm, Input
from performance.sources import Answer, Reader, Scope, add_source

Picks = Callable[[FundingLine, FormulaTerm, frozenset[int]], bool]


def add_own_sources() -> None:
    """Make the kinds of input that this app reads known to performance."""
    add_source("funding of element", "Funding in force: one service element", _reader(_of_element, _annual))
    add_source("funding of council", "Funding in force: all the council’s elements", _reader(_of_council, _annual))
    add_source("funding of contract", "Funding in force: the whole contract", _reader(_of_contract, _annual))
    add_source("instalment", "Instalment of the month: one service element", _reader(_of_element, _instalment))


def _of_element(line: FundingLine, term: FormulaTerm, council: frozenset[int]) -> bool:
    return line.element is not None and line.element.code == term.element


def _of_council(line: FundingLine, _term: FormulaTerm, council: frozenset[int]) -> bool:
    return is_council_money(line, council)


def _of_contract(_line: FundingLine, _term: FormulaTerm, council: frozenset[int]) -> bool:
    return True


def _annual(line: FundingLine, agreement: Agreement, month: date) -> Decimal | None:
    """The annual amount in force at the month's end; None where the line is not in force then."""
    days = days_paid_for(line, agreement)
    is_held = days_in_force(month, *days) and is_in_force(judged_on(month, agreement), *days)
    return line.annual_amount if is_held else None


def _instalment(line: FundingLine, agreement: Agreement, month: date) -> Decimal | None:
    """What is due for the month; None where the line is in force on no day of it. A line of £0 is due £0."""
    days = days_paid_for(line, agreement)
    return instalment_due(line.annual_amount, month, *days) if days_in_force(month, *days) else None


def _reader(picks: Picks, amount: Callable[[FundingLine, Agreement, date], Decimal | None]) -> Reader:
    def read(scope: Scope) -> Answer:
        lines = funding_lines(scope.agreement, scope.at, order=("pk",))
        council = council_of(scope.agreement)

        def answer(term: FormulaTerm, _area: str, month: date) -> Input:
            held = [(line, amount(line, scope.agreement, month)) for line in lines if picks(line, term, council)]
            counted = [(line, pounds) for line, pounds in held if pounds is not None]
            if not counted:
                return Input(None, f"No funding was in force in {month_name(month)}.")
            sources = tuple(_source(line, pounds) for line, pounds in counted)
            return Input(sum((pounds for _, pounds in counted), Decimal(0)), "", sources)

        return answer

    return read


def _source(line: FundingLine, pounds: Decimal) -> dict[str, Any]:
    label = line.element.name if line.element else f"{line.funder.short_name} investment"
    return {
        "version": None,
        "sheet": "Funding lines",
        "cell": line.source,
        "label": label,
        "value": f"{pounds.normalize():f}",
        "funding_line": line.pk,
    }
