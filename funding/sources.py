"""Money as a source of inputs for indicators: annual amounts in force, and the instalment of the month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
Amount = Callable[[FundingLine, Agreement, date], Decimal | None]


def add_own_sources() -> None:
    """Make the kinds of input that this app reads known to performance."""
    for one in _sources():
        add_source(one.name, one.label, _reader(one))


def money_answers(agreement: Agreement, lines: Sequence[FundingLine]) -> dict[str, Answer]:
    """What each of this app's kinds of input answers by `lines`, whether they are agreed or only proposed."""
    council = council_of(agreement)
    return {one.name: _answer(one, agreement, lines, council) for one in _sources()}


@dataclass(frozen=True, slots=True)
class MoneySource:
    """One kind of input: which funding lines count, and with how much."""

    name: str
    label: str
    picks: Picks
    amount: Amount


def _sources() -> tuple[MoneySource, ...]:
    return (
        MoneySource("funding of element", "Funding in force: one service element", _of_element, _annual),
        MoneySource("funding of council", "Funding in force: all the council’s elements", _of_council, _annual),
        MoneySource("funding of contract", "Funding in force: the whole contract", _of_contract, _annual),
        MoneySource("instalment", "Instalment of the month: one service element", _of_element, _instalment),
    )


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


def _reader(source: MoneySource) -> Reader:
    def read(scope: Scope) -> Answer:
        lines = funding_lines(scope.agreement, scope.at, order=("pk",))
        return _answer(source, scope.agreement, lines, council_of(scope.agreement))

    return read


def _answer(source: MoneySource, agreement: Agreement, lines: Sequence[FundingLine], council: frozenset[int]) -> Answer:
    def answer(term: FormulaTerm, _area: str, month: date) -> Input:
        held = [(line, source.amount(line, agreement, month)) for line in lines if source.picks(line, term, council)]
        counted = [(line, pounds) for line, pounds in held if pounds is not None]
        if not counted:
            return Input(None, f"No funding was in force in {month_name(month)}.")
        sources = tuple(_source(line, pounds) for line, pounds in counted)
        return Input(sum((pounds for _, pounds in counted), Decimal(0)), "", sources)

    return answer


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
