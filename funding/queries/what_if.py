"""The terms and the caseload that a what-if starts from, and examples that published figures give."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.arithmetic import number_in
from contracts.formatting import month_name
from contracts.models import Agreement, PublishedFigure, Purpose, ServiceElement
from contracts.periods import is_in_force
from funding.days_paid_for import days_paid_for
from funding.models import FundingLine
from funding.payers import council_of, is_council_money
from funding.queries.shares import kept_share, share_figures
from funding.what_if import AnnualAmount, Changed, Question, WhatIf, as_agreed, as_asked

A_YEAR = "per year"


@dataclass(frozen=True, slots=True)
class Starting:
    """What is agreed from the month asked about: the question, and each element that the council funds then."""

    question: Question
    elements: tuple[tuple[ServiceElement, tuple[AnnualAmount, ...]], ...]

    @property
    def agreed(self) -> dict[str, Decimal]:
        """The annual amount of each element, by its code."""
        return {element.code: as_agreed(terms, self.question).annual for element, terms in self.elements}


@dataclass(frozen=True, slots=True)
class Example:
    """Amounts to begin with: those of the elements that differ from what is agreed, by code."""

    name: str
    amounts: Mapping[str, Decimal]


def starting_from(agreement: Agreement, first: date) -> Starting:
    """The council's funding lines that pay for a day of `first` or later, by element in the agreement's order."""
    rows = agreement.funding_lines.select_related("element").order_by(
        "element__position", "element_id", "in_force_from"
    )
    days = {line: days_paid_for(line, agreement) for line in rows}
    lines = [line for line, (begins, ends) in days.items() if ends > max(first, begins)]
    council = council_of(agreement)
    held: dict[ServiceElement, list[AnnualAmount]] = defaultdict(list)
    for line in lines:
        if line.element is not None and is_council_money(line, council):
            held[line.element].append(AnnualAmount(line.annual_amount, *days[line]))
    starts = max(first, agreement.starts_on)
    in_force = [line for line in lines if is_in_force(starts, *days[line])]
    question = Question(starts, agreement.ends_on, _total(in_force))
    return Starting(question, tuple((element, tuple(terms)) for element, terms in held.items()))


def answer(agreement: Agreement, starting: Starting, asked: Mapping[str, Decimal], caseload_month: date) -> WhatIf:
    """Each element with the amounts `asked`, by code, at the caseload of `caseload_month`."""
    figures = share_figures(agreement, [caseload_month])
    changed = []
    for element, terms in starting.elements:
        caseload = kept_share(figures, element, Purpose.CASELOAD_SHARE, caseload_month)
        is_held = caseload.percent is not None and bool(caseload.part)
        changed.append(
            Changed(
                code=element.code,
                name=element.name,
                old=as_agreed(terms, starting.question),
                new=as_asked(terms, asked.get(element.code), starting.question, element.in_force_until),
                caseload=caseload.part if is_held else None,
                why_no_caseload=caseload.reason or f"No case was held in {month_name(caseload_month)}.",
            )
        )
    return WhatIf(starting.question, tuple(changed))


def examples(agreement: Agreement, agreed: Mapping[str, Decimal]) -> tuple[Example, ...]:
    """What is agreed, and every change that published amounts state and that adds up.

    A change is stated by amounts a year of one period: some that leave an element, and one, of no element, that is
    kept. It is taken where what is agreed less what leaves comes to what is kept, and is called by the last.
    """
    rows = agreement.published_figures.filter(unit__endswith=A_YEAR).exclude(arithmetic="").exclude(period="")
    by_period: dict[str, list[PublishedFigure]] = defaultdict(list)
    for row in rows.select_related("element").order_by("pk"):
        by_period[row.period].append(row)
    found = (_stated_change(held, agreed) for held in by_period.values())
    return (Example("As agreed", {}), *(one for one in found if one is not None))


def _stated_change(rows: Sequence[PublishedFigure], agreed: Mapping[str, Decimal]) -> Example | None:
    leaving = {row.element.code: number_in(row.value) or Decimal(0) for row in rows if row.element is not None}
    if not leaving or any(pounds > agreed.get(code, Decimal(-1)) for code, pounds in leaving.items()):
        return None
    kept = sum(agreed.values(), Decimal(0)) - sum(leaving.values(), Decimal(0))
    named = next((row for row in rows if row.element is None and number_in(row.value) == kept), None)
    if named is None:
        return None
    return Example(named.figure, {code: agreed[code] - pounds for code, pounds in leaving.items()})


def _total(lines: Sequence[FundingLine]) -> Decimal:
    return sum((line.annual_amount for line in lines), Decimal(0))
