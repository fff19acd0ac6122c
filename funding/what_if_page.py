"""The page that asks what other annual amounts would mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from contracts.agreement_months import months_of
from contracts.models import Agreement
from contracts.periods import add_months, month_start, months_between
from funding.queries.what_if import Example, answer, examples, starting_from
from funding.readings import what_if_reading
from funding.shares import Share
from funding.what_if import Changed, Commitment, WhatIf
from funding.what_if_form import FROM, WhatIfForm, first_month_asked, in_an_address
from performance.queries import last_accepted


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it comes to, and its shares."""

    held: Commitment
    of_contract: Share
    of_council: Share
    per_case: Decimal | None


@dataclass(frozen=True, slots=True)
class Row:
    """One element, or all of them: as agreed and as asked."""

    name: str
    old: Side
    new: Side
    why_no_caseload: str = ""

    @property
    def moved(self) -> Decimal:
        """Pounds a year that leave it."""
        return self.old.held.annual - self.new.held.annual


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, worked out."""

    rows: tuple[Row, ...]
    total: Row
    reading: str
    is_as_agreed: bool
    contract: Decimal
    new_contract: Decimal
    query: str


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """Everything the page shows; `answer` is None while something typed cannot be read."""

    form: WhatIfForm
    first: date
    last: date
    caseload_month: date
    examples: tuple[tuple[str, str], ...]
    answer: Answer | None


def what_if_page(agreement: Agreement, asked: Mapping[str, str], *, on: date) -> WhatIfPage:
    """The page for what an address asks, on the day `on`. Without a month the change begins with the next one."""
    term = months_of(agreement)
    months = months_between(term.first, term.end)
    following = min(max(add_months(month_start(on), 1), months[0]), months[-1])
    first = first_month_asked(asked.get(FROM, ""), months, following)
    starting = starting_from(agreement, first)
    elements = [element for element, _ in starting.elements]
    form = WhatIfForm(asked, elements=elements, agreed=starting.agreed, months=months, first=first)
    accepted = last_accepted(agreement)
    caseload_month = accepted.of_return.month if accepted else add_months(month_start(on), -1)
    found = answer(agreement, starting, form.amounts, caseload_month) if form.is_valid() else None
    return WhatIfPage(
        form=form,
        first=first,
        last=months[-1],
        caseload_month=caseload_month,
        examples=tuple((one.name, _query(one, first)) for one in examples(agreement, starting.agreed)),
        answer=_answer(found) if found else None,
    )


def _answer(found: WhatIf) -> Answer:
    return Answer(
        rows=tuple(_row(one, found) for one in found.elements),
        total=Row("All", _side(found.old, None, found, is_new=False), _side(found.new, None, found, is_new=True)),
        reading=what_if_reading(found.old.annual, found.new.annual),
        is_as_agreed=all(one.old == one.new for one in found.elements),
        contract=found.question.contract,
        new_contract=found.question.contract - found.moved,
        query=_address(found.question.first, {one.code: one.new.annual for one in found.elements}),
    )


def _row(one: Changed, found: WhatIf) -> Row:
    return Row(
        one.name,
        _side(one.old, one.old_per_case, found, is_new=False),
        _side(one.new, one.new_per_case, found, is_new=True),
        one.why_no_caseload,
    )


def _side(held: Commitment, per_case: Decimal | None, found: WhatIf, *, is_new: bool) -> Side:
    return Side(
        held,
        found.of_contract(held.annual, is_new=is_new),
        found.of_council(held.annual, is_new=is_new),
        per_case,
    )


def _query(example: Example, first: date) -> str:
    return _address(first, example.amounts)


def _address(first: date, amounts: Mapping[str, Decimal]) -> str:
    return urlencode({FROM: f"{first:%Y-%m}", **{code: in_an_address(pounds) for code, pounds in amounts.items()}})
