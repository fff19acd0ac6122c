"""Marks the cells of a sheet that findings are about, and takes earlier marks away: a colour, and a note in words.

The colour that stood in a cell before is kept behind the mark's own (a solid fill does not use its second colour), and
a note that stood there stands below the portal's, so that both come back when the mark goes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, Final

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from contracts.personal_data import kinds_of_personal_data
from contracts.spreadsheet_text import writable
from performance.findings import Finding, Level, has_errors
from performance.workbook.raw_cells import Place
from performance.workbook.wording import REMOVED

COLOURS = {Level.ERROR: "FFF8CBC6", Level.WARNING: "FFFFE3B3"}
# One shade beside, over a colour of the provider's own: nobody sees the difference.
COLOURS_OVER = {Level.ERROR: "FFF8CBC7", Level.WARNING: "FFFFE3B4"}
SOLID: Final = "solid"
AUTHOR = "Joint funding portal"
FIRST_LINE = "Found when this return was checked"
OWN_NOTE = re.compile(r"\n\nThe note that stood here, by (.*):\n")
# Notes cost more than colours, in the making and in the opening: those beyond this many on a sheet are only listed.
NOTED_CELLS = 1_000
SAID_IN_A_NOTE = 5
NOTE_WIDTH, NOTE_LINE, NOTE_CHARACTERS = 380, 18, 52

# A cell or a merged cell of openpyxl, whose styles are known to its authors only.
AnyCell = Any


def mark(sheet: Worksheet, found: Mapping[Place, Sequence[Finding]]) -> None:
    """Colour the cells at the places of `found`, errors red and warnings amber, the first 1,000 with a note."""
    anchors = _anchors(sheet)
    colouring = _Colouring(sheet)
    for number, (place, findings) in enumerate(found.items()):
        cell = sheet.cell(*place)
        colouring.colour(cell, Level.ERROR if has_errors(findings) else Level.WARNING)
        if number < NOTED_CELLS:
            _note(sheet.cell(*anchors.get(place, place)), note_of(findings))


def unmark(sheet: Worksheet) -> None:
    """Take away every mark of the portal, and give back what stood there before."""
    colouring = _Colouring(sheet)
    # `iter_rows` would make every cell up to the farthest border.
    for cell in list(sheet._cells.values()):
        colouring.uncolour(cell)
        if isinstance(cell, Cell) and cell.comment is not None:
            cell.comment = _own_note(cell.comment)


def note_of(findings: Sequence[Finding]) -> str:
    """What the note of a cell says: every finding about it in words, at most five."""
    said = [FIRST_LINE, *(_in_words(finding) for finding in findings[:SAID_IN_A_NOTE])]
    more = len(findings) - SAID_IN_A_NOTE
    if more > 0:
        said.append(f"And {more:,} more about this cell: see the sheet Findings.")
    text = writable("\n\n".join(said))
    # Harmless pieces side by side must not look like what the reader refuses.
    return f"{FIRST_LINE}\n\n{REMOVED}" if kinds_of_personal_data(text) else text


def _in_words(finding: Finding) -> str:
    return (
        f"{finding.level.capitalize()}: {finding.title}\nFound: {finding.found}\n"
        f"Expected: {finding.expected}\nPut it right: {finding.remedy}"
    )


class _Colouring:
    """Fills of one workbook by their numbers: a style is looked up once, not for each of thousands of cells."""

    def __init__(self, sheet: Worksheet) -> None:
        self._fills = sheet.parent._fills  # type: ignore[union-attr]  # it has one
        self._marked: dict[tuple[int, Level], int] = {}
        self._plain: dict[int, int] = {}

    def colour(self, cell: AnyCell, level: Level) -> None:
        """Give a cell the colour of `level`, its own behind it."""
        known = (cell._style.fillId, level)
        if known not in self._marked:
            self._marked[known] = self._fills.add(_over(self._fills[known[0]], level))
        _fill(cell, self._marked[known])

    def uncolour(self, cell: AnyCell) -> None:
        """Give a marked cell its own colour again."""
        number = cell._style.fillId
        if number not in self._plain:
            self._plain[number] = self._fills.add(_beneath(self._fills[number]))
        if self._plain[number] != number:
            _fill(cell, self._plain[number])


def _fill(cell: AnyCell, number: int) -> None:
    style = copy(cell._style)
    style.fillId = number
    cell._style = style


def _over(fill: object, level: Level) -> PatternFill:
    if not isinstance(fill, PatternFill) or fill.fill_type != SOLID:
        return PatternFill(SOLID, fgColor=Color(rgb=COLOURS[level]))
    return PatternFill(SOLID, fgColor=Color(rgb=COLOURS_OVER[level]), bgColor=copy(fill.fgColor))


def _beneath(fill: object) -> object:
    """The fill that a mark covers, or the fill itself where it is no mark."""
    if not isinstance(fill, PatternFill) or fill.fill_type != SOLID:
        return fill
    over, marks = COLOURS_OVER.values(), {*COLOURS.values(), *COLOURS_OVER.values()}
    if fill.fgColor.rgb not in marks:
        return fill
    # LibreOffice puts a colour of its own in second place, a mark's among them: then what was there is lost.
    is_kept = fill.fgColor.rgb in over and fill.bgColor.rgb not in marks
    return PatternFill(SOLID, fgColor=copy(fill.bgColor)) if is_kept else PatternFill()


def _note(cell: AnyCell, text: str) -> None:
    own = cell.comment
    if own is not None and own.text.strip():
        text = f"{text}\n\nThe note that stood here, by {own.author}:\n{own.text}"
    lines = sum(1 + len(line) // NOTE_CHARACTERS for line in text.splitlines())
    cell.comment = Comment(text, AUTHOR, height=NOTE_LINE * (lines + 1), width=NOTE_WIDTH)


def _own_note(comment: Comment) -> Comment | None:
    """What is left of a note without the portal's part."""
    text = comment.text
    if comment.author != AUTHOR and not text.startswith(FIRST_LINE):
        return comment
    parts = OWN_NOTE.split(text, maxsplit=1)
    return Comment(parts[2], parts[1]) if len(parts) > 1 else None


def _anchors(sheet: Worksheet) -> dict[Place, Place]:
    """Where the note of a merged cell goes: only the first of them holds anything."""
    ranges: Iterable[Any] = sheet.merged_cells.ranges
    return {place: (merged.min_row, merged.min_col) for merged in ranges for place in merged.cells}
