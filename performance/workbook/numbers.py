"""Reads one cell as a number. What has one meaning is read, and said where it was changed; all else is an error."""

import re
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from contracts.formatting import plain
from performance.findings import Finding, error, warning
from performance.workbook.grid import Cell, Fault
from performance.workbook.wording import REMOVED, cleaned, is_identifier, sentence, shown

MAX_COUNT = Decimal(10_000_000)
MAX_AMOUNT = Decimal(1_000_000_000)
LONGEST_NUMBER = 25
# A document's "½" or "10²" would also become digits if compatibility forms were made plain wholesale: only
# full-width digits and signs are.
FULL_WIDTH: dict[int, str | None] = {
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    0xFF0C: ",",
    0xFF0E: ".",
    0xFF0D: "-",
    0xFF0B: "+",
}
NOT_SEEN: dict[int, str | None] = {0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None}
SIGNS: dict[int, str | None] = {0x2212: "-"}
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
WITH_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d{1,3}(?: \d{3})+(?:\.\d+)?")
POUNDS_SIGN = re.compile(r"^(-?)£ ?|^£ ?(-?)")
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
MULTIPLE = re.compile(r"£? ?\d[\d.,]* ?(?:k|m|bn|million|thousand)", re.IGNORECASE)
FEWER_THAN = re.compile(r"[<>≤≥]|fewer|less than|under", re.IGNORECASE)
ROUGHLY = re.compile(r"~|about|approx|around|circa|roughly", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How numbers of a unit are read: decimals allowed, an example, the largest. None is below zero."""

    name: str
    decimals: int
    example: str
    largest: Decimal


COUNT = Quantity("A whole number", 0, "108", MAX_COUNT)
WTE = Quantity("A number with a point for decimals", 4, "0.6", MAX_COUNT)
POUNDS = Quantity("An amount in pounds and pence", 2, "7354.21", MAX_AMOUNT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which number is read: its place, its unit, and its words for a remedy ("Workforce, West Kent, in post")."""

    sheet: str
    quantity: Quantity
    words: str
    is_text: bool = False


def quantity_of(unit: str) -> Quantity:
    """How a unit is read: WTE with up to four decimals, pounds with pence, anything else as a whole count."""
    return {"wte": WTE, "pounds": POUNDS}.get(unit.casefold(), COUNT)


def read_number(cell: Cell, wanted: Wanted) -> tuple[Decimal | None, Finding | None]:
    """The number in a cell that is not blank, and an error (then there is no number) or a warning about it.

    A faulty formula and an NHS number give neither: they were reported when the sheet was looked over.
    """
    if isinstance(cell.value, Fault):
        return None, None
    if isinstance(cell.value, Decimal):
        if is_identifier(cell.value):
            return None, None
        return _judged(cell.value, cell, wanted)
    if isinstance(cell.value, str):
        return _text_number(cell.value, cell, wanted)
    return None, _not_a_number(cell, wanted)


def _judged(number: Decimal, cell: Cell, wanted: Wanted) -> tuple[Decimal | None, Finding | None]:
    """A number, or why it cannot be one of this quantity."""
    for is_wrong, code, title, expected in _bounds(number, wanted.quantity):
        if is_wrong:
            return None, _wrong(cell, wanted, code, title, expected)
    return (number.to_integral_value() if wanted.quantity is COUNT else number), None


def _bounds(number: Decimal, quantity: Quantity) -> tuple[tuple[bool, str, str, str], ...]:
    """Each bound of a quantity: whether it is broken, its code, the finding's title and what was expected."""
    is_far = abs(number) > quantity.largest
    text = cleaned(plain(number)) if not is_far else ""
    return (
        (is_far, "too-big", "A number too large to be right", f"No more than {plain(quantity.largest)}"),
        (
            number < 0,
            "negative",
            f"{text} is below zero",
            f"{quantity.name}, 0 or more",
        ),
        (
            _decimals(number) > quantity.decimals,
            "decimals",
            _decimals_title(text, quantity),
            _decimals_expected(quantity),
        ),
    )


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _decimals_title(text: str, quantity: Quantity) -> str:
    return f"{text} is not a whole number" if quantity.decimals == 0 else f"{text} has too many decimals"


def _decimals_expected(quantity: Quantity) -> str:
    return f"{quantity.name}, such as {quantity.example}" + (
        f", with no more than {quantity.decimals} decimals" if quantity.decimals else ""
    )


def _text_number(text: str, cell: Cell, wanted: Wanted) -> tuple[Decimal | None, Finding | None]:
    tidy = " ".join(text.translate(FULL_WIDTH | NOT_SEEN | SIGNS).split())
    bare = POUNDS_SIGN.sub(r"\1\2", tidy) if wanted.quantity is POUNDS else tidy
    is_plain, is_grouped = PLAIN.fullmatch(bare), WITH_THOUSANDS.fullmatch(bare)
    if (
        len(bare) > LONGEST_NUMBER
        or not bare.isascii()
        or not (is_plain or is_grouped)
        or _is_doubtful(bare, wanted.quantity)
    ):
        return None, _not_a_number(cell, wanted)
    number, finding = _judged(Decimal(bare.replace(",", "").replace(" ", "")), cell, wanted)
    typed = text.strip(" ") if wanted.is_text else text
    if finding is None and number is not None and (bare != typed or is_grouped):
        return number, _read_as(text, number, cell, wanted)
    return number, finding


def _is_doubtful(text: str, quantity: Quantity) -> bool:
    """ "1,234" WTE may be 1234 or 1.234, which its four decimals allow; a count or pence cannot be the latter."""
    return quantity is WTE and "," in text


def _read_as(text: str, number: Decimal, cell: Cell, wanted: Wanted) -> Finding:
    return warning(
        "read-as",
        wanted.sheet,
        cell.ref,
        title=f"{_quoted(text)} was read as {plain(number)}",
        found=sentence(shown(text)),
        expected=f"{wanted.quantity.name}, such as {wanted.quantity.example}",
        remedy=f"Type {plain(number).replace(',', '')} in {cell.ref} if that is what you mean. {wanted.words}",
    )


def _not_a_number(cell: Cell, wanted: Wanted) -> Finding:
    text = cell.value if isinstance(cell.value, str) else ""
    found = sentence(shown(cell.value))
    return error(
        "not-a-number",
        wanted.sheet,
        cell.ref,
        title=f"{_quoted(text) if text else found} is not a number",
        found=found,
        expected=f"{wanted.quantity.name}, such as {wanted.quantity.example}",
        remedy=f"{_hint(text, cell, wanted)}. {wanted.words}",
    )


def _hint(text: str, cell: Cell, wanted: Wanted) -> str:
    """How to put right what people often type instead of a number."""
    if isinstance(cell.value, (date, time)):
        # The number is there, but formatted: typed again, Excel would show a date again.
        return f"Set the format of {cell.ref} to General or Number, and type the number again"
    if DECIMAL_COMMA.fullmatch(text.strip()) and wanted.quantity.decimals:
        meant = text.strip().replace(",", ".")
        return f"Type {meant} in {cell.ref} if that is what you mean"
    if MULTIPLE.fullmatch(text.strip()):
        return f"Type the full figure in {cell.ref}, in digits only: 1200000, not £1.2m"
    if FEWER_THAN.search(text):
        return f"Type the exact number in {cell.ref}: the portal hides small numbers from those who may not see them"
    if ROUGHLY.search(text):
        return f"Type the exact number in {cell.ref}, in digits only. If it is not known, clear it and give the reason"
    return f"Type the number in {cell.ref} in digits only. If you cannot report it, clear the cell and give the reason"


def _wrong(cell: Cell, wanted: Wanted, code: str, title: str, expected: str) -> Finding:
    return error(
        code,
        wanted.sheet,
        cell.ref,
        title=title,
        found=sentence(shown(cell.value)),
        expected=expected,
        remedy=f"{_correction(code, cell, wanted.quantity)}. {wanted.words}",
    )


def _correction(code: str, cell: Cell, quantity: Quantity) -> str:
    """What to do; a formula that gives too many decimals is best rounded where it stands."""
    if code != "decimals" or not quantity.decimals:
        return f"Correct {cell.ref}"
    to = "pence" if quantity is POUNDS else f"{quantity.decimals} decimals"
    return f"Round {cell.ref} to {to}, for instance with =ROUND(…,{quantity.decimals})"


def _quoted(text: str) -> str:
    words = shown(text).removeprefix("the text ")
    return words if words.startswith("‘") else REMOVED
