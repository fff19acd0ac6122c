"""The headings of a case list: which column is which, and columns that must not be there."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.utils.cell import get_column_letter

from contracts.personal_data import points_at_a_child
from performance.case_list.faults import personal
from performance.case_list.refusals import list_error, list_warning
from performance.findings import Finding
from performance.workbook.labels import key_of
from performance.workbook.wording import listed

HEADINGS = ("case_ref", "pathway", "area", "referral_route", "opened_on", "closed_on")


def heading_key(text: str) -> str:
    """A heading as it is matched: "Case ref", "CASE_REF" and "case_ref" are one."""
    return key_of(text.replace("_", " "))


KNOWN = {heading_key(name): name for name in HEADINGS}
# Both ways to write them, for telling the separator.
SPELLINGS = frozenset(KNOWN) | frozenset(HEADINGS)


@dataclass(frozen=True, slots=True)
class Columns:
    """The place of each known column from 0, and how many columns have a heading or stand before one that has."""

    places: dict[str, int]
    width: int

    @property
    def are_complete(self) -> bool:
        """Whether every column of a list is there."""
        return len(self.places) == len(HEADINGS)


def read_headings(number: int, record: list[str]) -> tuple[Columns, list[Finding]]:
    """The columns of the heading row `number`, and every finding about them. No heading is repeated."""
    places: dict[str, int] = {}
    findings: list[Finding] = []
    for place, text in enumerate(record):
        name, cell = KNOWN.get(heading_key(text)), f"{get_column_letter(place + 1)}{number}"
        if name and name not in places:
            places[name] = place
        elif name:
            findings.append(_twice(name, cell))
        elif text.strip():
            findings.append(_about_a_child(cell) if points_at_a_child(text) else _unknown(cell))
    findings.extend(_missing(number, [name for name in HEADINGS if name not in places]))
    width = max((place + 1 for place, text in enumerate(record) if text.strip()), default=0)
    return Columns(places, width), findings


def rows_above_headings(records: list[list[str]]) -> int:
    """How many of the first filled rows stand above the headings: none where no row has all of them."""
    return next((place for place, record in enumerate(records) if KNOWN.keys() <= set(map(heading_key, record))), 0)


def above_headings(above: list[tuple[int, list[str]]]) -> Iterator[Finding]:
    """What is found about the rows above the headings: one word, and what could identify a child."""
    if not above:
        return
    first, last = above[0][0], above[-1][0]
    yield list_warning(
        "rows-above",
        None,
        title="Rows above the headings were not read",
        found=f"Something in {f'row {first}' if first == last else f'rows {first} to {last}'}, above the headings",
        expected="The headings in the first row",
        remedy="Delete what stands above the headings, or leave it: nothing in it was read",
    )
    for number, record in above:
        for place, text in enumerate(record):
            fault = personal(text)
            if fault:
                cell = f"{get_column_letter(place + 1)}{number}"
                yield list_error(
                    fault.code, cell, title=fault.title, found=fault.found, expected=fault.expected, remedy=fault.remedy
                )


def _about_a_child(cell: str) -> Finding:
    return list_error(
        "personal-data",
        cell,
        title=f"The column of {cell} points at children",
        found="A heading for a name, an NHS number, a date of birth, a postcode or the like",
        expected=f"Nothing that could identify a child, and only the columns {listed(list(HEADINGS))}",
        remedy="Delete the whole column, save, and upload again. This list was not kept",
    )


def _unknown(cell: str) -> Finding:
    return list_error(
        "unknown-heading",
        cell,
        title=f"The heading in {cell} is not known",
        found="A heading that is none of a case list, which is not repeated here",
        expected=f"Only {listed(list(HEADINGS))}",
        remedy=f"Correct the heading in {cell}, or delete the column",
    )


def _twice(name: str, cell: str) -> Finding:
    return list_error(
        "duplicate-heading",
        cell,
        title=f"The heading {name} stands twice",
        found=f"{name} once more in {cell}",
        expected="Each heading once",
        remedy=f"Delete the column that is not meant. What stands under {cell} was not read",
    )


def _missing(number: int, names: list[str]) -> Iterator[Finding]:
    for name in names:
        yield list_error(
            "missing-heading",
            None,
            title=f"The column {name} is missing",
            found=f"No heading {name} in row {number}",
            expected=f"The headings {listed(list(HEADINGS))}",
            remedy=f"Add the column {name}. While a column is missing, the rows were not checked",
        )
