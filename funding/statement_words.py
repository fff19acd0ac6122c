"""What is said about an annual statement: what changed, what stands in the way, what is certified. No Django."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from contracts.formatting import day, money
from funding.statement_shapes import StatementDraft
from funding.statement_sums import ElementSums
from funding.statutory_test import source_of

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


def said_once_prepared(recipient: str, paid: Decimal, ledger_total: Decimal) -> str:
    """What whoever prepared a statement is told: also that it does not agree with the ledger, where it does not."""
    if difference := ledger_difference(paid, ledger_total):
        return f"The statement is prepared, but nobody can certify it. {difference} Prepare a version that agrees."
    return f"The statement is prepared. {recipient} can certify it once nothing stands in the way."


def certificate(payer: str, recipient: str, year_start: date, power: str) -> str:
    """What the recipient's officer certifies of payments under `power` ("s75"), in the portal's own words.

    Source: the NHS Act 2006; the Directions of 2013 on payments under sections 76 and 256 ask for a yearly voucher.
    """
    return (
        f"I certify for {recipient} that, of what {payer} paid in the year to {day(year_end(year_start))}, the sums "
        "which this statement shows as spent were spent on the elements they were paid for, and that each difference "
        "between what was paid and what was spent is explained. The payments were made under "
        f"{made_under(power)}."
    )


def made_under(power: str) -> str:
    """The law that payments under `power` ("s75", "s76", "s256") are made under."""
    section = f"section {power.removeprefix('s')} of the National Health Service Act 2006"
    return f"{section} and the {source_of(power)}"


def called_in_law(power: str) -> str:
    """What a year's statement of payments under `power` is called besides, or what it stands for."""
    section = f"section {power.removeprefix('s')}"
    if power == "s75":
        return f"The payments are made under {section} of the National Health Service Act 2006."
    return (
        f"The statement under {section} of the National Health Service Act 2006 is also called the {section} voucher."
    )


def no_officer(recipient: str) -> str:
    """Why nobody may certify where no coordinating commissioner is a party."""
    return (
        f"Nobody can certify the statement: a coordinating commissioner’s officer certifies what was spent, and the "
        f"agreement names none. {recipient} receives the money. Once a coordinating commissioner is a party, a new "
        "version can be prepared and certified."
    )


def _of(line: ElementSums, name: str) -> Decimal | None:
    amount: Decimal | None = getattr(line, name)
    return amount


def _amount(value: Decimal | None) -> str:
    return "not known" if value is None else money(value)
