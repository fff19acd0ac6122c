"""Turns matched rows into lines. A blank cell is missing, never zero; a reason stands in place of numbers."""

from contracts.personal_data import kinds_of_personal_data
from performance.findings import Finding, error
from performance.form import ReadLine
from performance.workbook import limits
from performance.workbook.grid import Cell
from performance.workbook.labels import key_of
from performance.workbook.layout import COMMENT, REASON, Slot
from performance.workbook.numbers import Wanted, quantity_of, read_number
from performance.workbook.rows import MatchedRow
from performance.workbook.table import Table, text_of
from performance.workbook.wording import REMOVED, cleaned, listed, lowered, quoted, shown, visible

NO_REASONS = frozenset({"n/a", "na", "none", "nil", "not applicable", "yes", "no", "tbc"})
FEWEST_LETTERS = 3
Numbers = list[tuple[Slot, Cell]]


def read_row(table: Table, matched: MatchedRow, is_text: bool) -> tuple[list[ReadLine], list[Finding]]:
    """The lines of one row and the findings about its cells. `is_text`: the file is a CSV."""
    lines, findings = _read_numbers(table, matched, is_text)
    notes = (table.cell(matched.row, heading) for heading in (REASON, COMMENT))
    findings.extend(
        too_long(table.name, note, limits.MAX_NOTE)
        for note in notes
        if note is not None and len(note_of(note)) > limits.MAX_NOTE
    )
    return lines, findings


def _read_numbers(table: Table, matched: MatchedRow, is_text: bool) -> tuple[list[ReadLine], list[Finding]]:
    numbers = _numbers(table, matched)
    reason = table.cell(matched.row, REASON)
    comment = note_of(table.cell(matched.row, COMMENT))
    filled = [(slot, cell) for slot, cell in numbers if not cell.is_blank]
    if reason is not None and note_of(reason) and not filled:
        return _not_reported(table.name, numbers, reason, comment)
    lines, findings = _reported(table, matched, numbers, is_text)
    if reason is not None and note_of(reason):
        # Blank cells beside a reason are explained by it: the contradiction is the one thing to put right.
        findings = [
            _both(table.name, filled, reason, numbers),
            *(one for one in findings if one.code != "missing"),
        ]
    return lines, findings


def note_of(cell: Cell | None) -> str:
    """A reason or comment as it may be kept and shown: nothing unseen in it, and no personal data."""
    text = visible(text_of(cell))
    return REMOVED if kinds_of_personal_data(text) else text


def too_long(sheet: str, cell: Cell, most: int) -> Finding:
    """A text that could only be kept cut off."""
    return error(
        "long-text",
        sheet,
        cell.ref,
        title=f"The text in {cell.ref} is too long",
        found=f"{len(text_of(cell)):,} characters",
        expected=f"No more than {most} characters",
        remedy=f"Shorten the text in {cell.ref}",
    )


def words_of(slot: Slot) -> str:
    """A number in words, for a remedy: "Early Help, West Kent, caseload at month end"."""
    measure = slot.measure
    parts = [measure.element, slot.area.name, measure.characteristic, lowered(measure.label)]
    return ", ".join(part for part in parts if part)


def _numbers(table: Table, matched: MatchedRow) -> Numbers:
    cells = [(slot, table.cell(matched.row, heading)) for heading, slot in matched.asked.slots.items()]
    return [(slot, cell) for slot, cell in cells if cell is not None]


def _not_reported(sheet: str, numbers: Numbers, reason: Cell, comment: str) -> tuple[list[ReadLine], list[Finding]]:
    """Not reported is a state with a reason: a line without value for each area (domain.md, the monthly return)."""
    text = note_of(reason)
    lines = [ReadLine(slot.measure.key, slot.area.code, None, text, comment, sheet, reason.ref) for slot, _ in numbers]
    return lines, [] if _says_why(text) else [_no_reason(sheet, reason)]


def _reported(
    table: Table, matched: MatchedRow, numbers: Numbers, is_text: bool
) -> tuple[list[ReadLine], list[Finding]]:
    """A row that stands in the return is filled in: leaving a row out is said by leaving it out, not by a blank."""
    sheet, comment = table.name, note_of(table.cell(matched.row, COMMENT))
    lines: list[ReadLine] = []
    findings: list[Finding] = []
    for slot, cell in numbers:
        if cell.is_blank:
            if slot.measure.key not in matched.spared:
                findings.append(_missing(table, slot, cell))
            continue
        wanted = Wanted(sheet, quantity_of(slot.measure.unit), words_of(slot), is_text)
        value, finding = read_number(cell, wanted)
        findings.extend([finding] if finding else [])
        if value is not None:
            lines.append(ReadLine(slot.measure.key, slot.area.code, value, "", comment, sheet, cell.ref))
    return lines, findings


def _says_why(reason: str) -> bool:
    letters = sum(character.isalpha() for character in reason)
    return letters >= FEWEST_LETTERS and key_of(reason) not in NO_REASONS


def _missing(table: Table, slot: Slot, cell: Cell) -> Finding:
    quantity = quantity_of(slot.measure.unit)
    leaving_out = "" if slot.measure.required else ", or delete the row if it is not part of this month"
    return error(
        "missing",
        table.name,
        cell.ref,
        title=f"No number for {words_of(slot)}",
        found="A blank cell, which is not the same as 0",
        expected=f"{quantity.name}, such as {quantity.example}, or a reason for not reporting it",
        remedy=f"Type the number in {cell.ref}; 0 if there were none{leaving_out}. {_how_to_say_why(table)}",
    )


def _how_to_say_why(table: Table) -> str:
    """Where the reason goes: most sheets as the portal writes them have no column for it."""
    if REASON in table.columns:
        return f"If you cannot report it, leave the row's numbers blank and give the reason under ‘{REASON}’"
    return (
        f"If you cannot report it, leave the row's numbers blank, add a column with the heading ‘{REASON}’ "
        "and give the reason there"
    )


def _no_reason(sheet: str, reason: Cell) -> Finding:
    return error(
        "unclear-reason",
        sheet,
        reason.ref,
        title="The reason for not reporting does not say why",
        found=shown(reason.value),
        expected="A short sentence, such as ‘Not recorded separately from the Complex Pathway’",
        remedy=f"Say in {reason.ref} why the numbers cannot be reported, or type the numbers and clear {reason.ref}",
    )


def _both(sheet: str, filled: Numbers, reason: Cell, numbers: Numbers) -> Finding:
    """Nothing is both reported and not reported (domain.md, rules)."""
    number = filled[-1][1]
    refs = [cell.ref for _, cell in numbers]
    span = refs[0] if len(refs) == 1 else f"{refs[0]} to {refs[-1]}"
    held = [f"{_brief(cell)} in {cell.ref}" for _, cell in filled]
    return error(
        "both",
        sheet,
        number.ref,
        title="Both a number and a reason for not reporting",
        found=f"{listed(held)}, and {quoted(text_of(reason))} in {reason.ref}",
        expected="Either a number or a reason, not both",
        remedy=_one_of_both(filled, span, reason),
    )


def _one_of_both(filled: Numbers, span: str, reason: Cell) -> str:
    """Which of both to clear. Only beside noughts may the reason have been meant for "none"."""
    if all(_brief(cell).strip("‘’ ") == "0" for _, cell in filled):
        none = f"If there were none, keep 0 and clear {reason.ref}"
        return f"If you cannot report it, clear {span} and keep the reason. {none}"
    numbers = "the number" if len(filled) == 1 else "the numbers"
    return f"Keep {numbers} and clear {reason.ref}, or, if you cannot report it, clear {span} and keep the reason"


def _brief(cell: Cell) -> str:
    return cleaned(shown(cell.value).removeprefix("the text "))
