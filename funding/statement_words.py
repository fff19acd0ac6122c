"""What is said about an annual statement: what changed, what stands in the way, what is certified. No Django."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from contracts.formatting import day, money
from funding.statement_shapes import StatementDraft
from funding.statement_sums import ElementSums

AMOUNTS = {
    "due": "instalments due",
    "deducted": "deductions",
    "added": "additions",
    "paid": "paid",
    "spent": "spent",
}
Amounts = Mapping[str, Decimal | None]
NONE_THEN: Amounts = dict.fromkeys(AMOUNTS, None) | {name: Decimal(0) for name in ("due", "deducted", "added", "paid")}


def year_end(year_start: date) -> date:
    """31 March of the year that begins on `year_start`."""
    return date(year_start.year + 1, 3, 31)


def changes(before: Mapping[int, Amounts], now: StatementDraft) -> tuple[str, ...]:
    """What is different in the figures now from those of a statement, by element: "KHNES, paid: £1.00, now £2.00"."""
    said = [
        f"{line.name}, {words}: {_amount(before.get(line.element, NONE_THEN)[name])}, now {_amount(_of(line, name))}"
        for line in now.lines
        for name, words in AMOUNTS.items()
        if before.get(line.element, NONE_THEN)[name] != _of(line, name)
    ]
    gone = before.keys() - {line.element for line in now.lines}
    return (*said, *(["an element has no figures any more"] if gone else []))


def ledger_difference(paid: Decimal, ledger_total: Decimal) -> str:
    """How the payments recorded here differ from the payer's ledger, to the penny; empty where they agree."""
    if paid == ledger_total:
        return ""
    return (
        f"The payments recorded here come to {money(paid)} and the ledger shows {money(ledger_total)}: "
        f"a difference of {money(abs(paid - ledger_total))}."
    )


def obstacles(gaps: tuple[str, ...], paid: Decimal, ledger_total: Decimal, changed: tuple[str, ...]) -> tuple[str, ...]:
    """Why a statement as it was prepared cannot be certified; nothing where it can."""
    said = []
    if gaps:
        said.append(f"The open book is incomplete. {' '.join(gaps)}")
    if difference := ledger_difference(paid, ledger_total):
        said.append(difference)
    if changed:
        said.append(f"The figures have changed since it was prepared ({'; '.join(changed)}): prepare a new version.")
    return tuple(said)


def certificate(payer: str, recipient: str, year_start: date) -> str:
    """What the recipient's officer certifies, in the portal's own words.

    Source: section 76 of the NHS Act 2006 and the Directions of 2013 on its payments, which ask for a yearly voucher.
    """
    return (
        f"I certify for {recipient} that, of what {payer} paid in the year to {day(year_end(year_start))}, the sums "
        "which this statement shows as spent were spent on the elements they were paid for, and that each difference "
        "between what was paid and what was spent is explained. The payments were made under section 76 of the "
        "National Health Service Act 2006 and the Directions of 2013 on such payments."
    )


def _of(line: ElementSums, name: str) -> Decimal | None:
    amount: Decimal | None = getattr(line, name)
    return amount


def _amount(value: Decimal | None) -> str:
    return "not known" if value is None else money(value)
