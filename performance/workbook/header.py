"""Reads the sheet Return: which agreement, provider and month a return is of, and who prepared it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from performance.findings import Finding, error, warning
from performance.form import ReturnForm
from performance.workbook import layout, limits
from performance.workbook.grid import Cell, Fault
from performance.workbook.header_rules import month_findings, prepared_on_findings, read_month
from performance.workbook.labels import expected_labels, key_of
from performance.workbook.lines import note_of, too_long
from performance.workbook.table import Table, text_of
from performance.workbook.wording import REMOVED, quoted, sentence, shown

FIELD = "Field"
VALUE = "Value"
HEADINGS = (FIELD, VALUE)
FormFor = Callable[[str], ReturnForm | None]


@dataclass(slots=True)
class Header:
    """What the sheet Return says, as far as it could be read."""

    agreement: str | None = None
    provider: str | None = None
    month: date | None = None
    prepared_by: str = ""
    prepared_on: date | None = None
    form: ReturnForm | None = None
    findings: list[Finding] = field(default_factory=list)


def read_header(table: Table, form_for: FormFor, today: date) -> Header:
    """Everything the sheet says and every finding about it; one faulty field hides no other."""
    header = Header()
    cells = _fields(table, header)
    if FIELD not in table.columns or VALUE not in table.columns:
        return header
    header.findings.extend(_version_findings(cells.get(layout.FORMAT_FIELD)))
    _read_agreement(header, cells.get(layout.AGREEMENT_FIELD), form_for)
    _read_provider(header, cells.get(layout.PROVIDER_FIELD))
    _read_month(header, cells.get(layout.MONTH_FIELD), today)
    _read_preparation(header, cells, today)
    return header


def _fields(table: Table, header: Header) -> dict[str, Cell]:
    """The value cells by field; unknown, repeated, missing and blank fields are findings."""
    known = {key_of(name): name for name in layout.RETURN_FIELDS}
    cells: dict[str, Cell] = {}
    for row in table.rows:
        label, value = table.cell(row, FIELD), table.cell(row, VALUE)
        if label is None or value is None:
            continue
        name = known.get(key_of(text_of(label)))
        if name is None or name in cells:
            header.findings.append(_odd_field(label, name))
        else:
            cells[name] = value
    for name in layout.RETURN_FIELDS if {FIELD, VALUE} <= set(table.columns) else ():
        cell = cells.get(name)
        if cell is None or cell.is_blank:
            header.findings.append(_missing_field(name, cell))
    return {name: cell for name, cell in cells.items() if not cell.is_blank and not isinstance(cell.value, Fault)}


def _odd_field(label: Cell, name: str | None) -> Finding:
    return error(
        "duplicate-field" if name else "unknown-field",
        layout.RETURN_SHEET,
        label.ref,
        title=f"{quoted(text_of(label))} stands twice" if name else f"The field {quoted(text_of(label))} is not known",
        found=f"The field {quoted(text_of(label))}",
        expected="Each field once" if name else expected_labels(layout.RETURN_FIELDS, text_of(label)),
        remedy=f"Correct {label.ref}, or delete its row. Its value was not read",
    )


def _missing_field(name: str, cell: Cell | None) -> Finding:
    return error(
        "missing-field",
        layout.RETURN_SHEET,
        cell.ref if cell else None,
        title=f"{name} is missing",
        found="A blank cell" if cell else f"No row with the field ‘{name}’",
        expected=f"A value for ‘{name}’",
        remedy=f"Fill {cell.ref}" if cell else f"Add a row with ‘{name}’ and its value to sheet Return",
    )


def _version_findings(cell: Cell | None) -> list[Finding]:
    if cell is None or text_of(cell) == str(layout.FORMAT_VERSION):
        return []
    return [
        error(
            "format-version",
            layout.RETURN_SHEET,
            cell.ref,
            title="The format version is not known",
            found=sentence(shown(cell.value)),
            expected=f"Format version {layout.FORMAT_VERSION}",
            remedy="Copy the numbers into the workbook that the portal gives you for the month",
        )
    ]


def _read_agreement(header: Header, cell: Cell | None, form_for: FormFor) -> None:
    """A known agreement; capitals do not matter."""
    if cell is None:
        return
    typed = text_of(cell)
    header.form = form_for(typed) or form_for(typed.upper())
    header.agreement = header.form.agreement if header.form else note_of(cell)
    if header.form is None:
        header.findings.append(
            error(
                "unknown-agreement",
                layout.RETURN_SHEET,
                cell.ref,
                title="The agreement is not known, so its numbers could not be checked",
                found=f"The agreement {quoted(typed)}",
                expected="The reference of an agreement that you report on",
                remedy=f"Correct {cell.ref}: the portal's own workbook holds the right reference",
            )
        )


def _read_provider(header: Header, cell: Cell | None) -> None:
    """The provider of the agreement, by its ODS code; capitals do not matter."""
    if cell is None:
        return
    header.provider = note_of(cell).upper() if note_of(cell) != REMOVED else REMOVED
    if header.form and header.provider != header.form.provider.upper():
        header.findings.append(
            error(
                "provider",
                layout.RETURN_SHEET,
                cell.ref,
                title="The provider is not the agreement's",
                found=f"The ODS code {quoted(text_of(cell))}",
                expected=f"{header.form.provider}, the provider of {header.form.agreement}",
                remedy=f"Correct {cell.ref}, or check that this is the right agreement",
            )
        )


def _read_month(header: Header, cell: Cell | None, today: date) -> None:
    if cell is not None:
        header.month, findings = read_month(cell)
        header.findings.extend(findings)
        header.findings.extend(month_findings(header.month, cell, header.form, today))
    if header.form and header.month:
        header.form = header.form.for_month(header.month)


def _read_preparation(header: Header, cells: dict[str, Cell], today: date) -> None:
    name = cells.get(layout.PREPARED_BY_FIELD)
    header.prepared_by = note_of(name)
    if name is not None and len(header.prepared_by) > limits.MAX_NAME:
        header.findings.append(too_long(layout.RETURN_SHEET, name, limits.MAX_NAME))
    cell = cells.get(layout.PREPARED_ON_FIELD)
    if cell is not None:
        header.prepared_on, findings = prepared_on_findings(cell, today)
        header.findings.extend(findings)


def file_name_findings(file_name: str, month: date | None) -> list[Finding]:
    """A file named after another month is perhaps the wrong file: a warning that names both."""
    named = layout.MONTH_IN_FILE_NAME.findall(file_name)
    if month is None or not named or f"{month:%Y-%m}" in named:
        return []
    return [
        warning(
            "file-name-month",
            layout.RETURN_SHEET,
            None,
            title="The file's name and the return's month differ",
            found=f"{named[0]} in the name of the file, {month:%Y-%m} on sheet Return",
            expected="The same month in both",
            remedy="Check that this is the file you meant to upload",
        )
    ]
