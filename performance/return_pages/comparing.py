"""Two versions of a return cell by cell, as one reader may see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from contracts.access import Standing
from contracts.formatting import count_of
from contracts.models import Area
from contracts.permissions import Permission
from performance.differences import Difference, Differences, Kind, Said, differences
from performance.form import Sheet
from performance.models import Line, Measure, Return, Version
from performance.return_pages.history import VersionRow, version_rows
from performance.return_pages.sight import versions_seen_by
from performance.return_pages.small import Shown, shown_counts
from performance.return_pages.tables import NOT_IN_RETURN, group_name
from performance.return_pages.wording import as_reported, difference_between
from performance.suppression import ShownCount

Key = tuple[Measure, Area]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One difference as the page and the file show it."""

    group: str
    measure: Measure
    area: Area
    found: Difference[Key]

    @property
    def old_text(self) -> str:
        """What the first version says."""
        return self.found.old.shown if self.found.old else NOT_IN_RETURN

    @property
    def new_text(self) -> str:
        """What the second version says."""
        return self.found.new.shown if self.found.new else NOT_IN_RETURN

    @property
    def cells(self) -> str:
        """The cell, or both where it stands in another place: "D4", "D4, now D5"."""
        held = [said.cell for said in (self.found.old, self.found.new) if said]
        return ", now ".join(dict.fromkeys(held))

    @property
    def difference(self) -> str:
        """The difference with its sign; empty where there is none to show."""
        by = self.found.by
        return "" if by is None else difference_between(by, self.measure.unit)


@dataclass(frozen=True, slots=True)
class ComparedSheet:
    """One sheet: what differs in its numbers, then in its comments."""

    sheet: Sheet
    rows: tuple[ComparedRow, ...]
    comments: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions compared."""

    title: str
    row: VersionRow


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two versions of a month against each other; no `old` and `new` where the reader sees fewer than two."""

    month: date
    versions: tuple[VersionRow, ...]
    old: VersionRow | None = None
    new: VersionRow | None = None
    sheets: tuple[ComparedSheet, ...] = ()
    counts: tuple[str, ...] = ()
    same: int = 0
    hidden: int = 0
    is_rounded: bool = False

    @property
    def sides(self) -> tuple[Side, ...]:
        """The two versions with what each is called."""
        return tuple(Side(title, row) for title, row in (("From", self.old), ("To", self.new)) if row)


def comparison_page(of_return: Return, standing: Standing, old: int | None, new: int | None) -> ComparisonPage:
    """Versions `old` and `new` of `of_return`; without `new` the last, and without `old` the one before that.

    Raises `Version.DoesNotExist` for a version that the reader may not see.
    """
    seen = {version.number: version for version in versions_seen_by(standing).filter(of_return=of_return)}
    last = max(seen, default=0) if new is None else new
    first = max((number for number in seen if number < last), default=None) if old is None else old
    if {number for number in (old, new) if number is not None} - seen.keys():
        raise Version.DoesNotExist
    if first is None:
        rows = version_rows(of_return, standing, seen[last]) if seen else ()
        return ComparisonPage(of_return.month, rows)
    return _compared(of_return, standing, seen[first], seen[last])


def _compared(of_return: Return, standing: Standing, old: Version, new: Version) -> ComparisonPage:
    is_exact = standing.may(Permission.SEE_EXACT_COUNTS)
    rows = {row.number: row for row in version_rows(of_return, standing, new)}
    said = [_said(version, is_exact) for version in (old, new)]
    held = differences(_in_order(said[0] | said[1]), *said)
    return ComparisonPage(
        month=of_return.month,
        versions=tuple(rows.values()),
        old=rows[old.number],
        new=rows[new.number],
        sheets=tuple(_sheets(held)),
        counts=_counts(held),
        same=held.same,
        hidden=held.hidden,
        is_rounded=not is_exact and any(key[0].sheet == Sheet.EQUALITY for one in said for key in one),
    )


def _said(version: Version, is_exact: bool) -> dict[Key, Said]:
    """What a version says by measure and area; the small counts of Equality as this reader is shown them."""
    lines = list(version.lines.select_related("measure__element", "area"))
    said = {(line.measure, line.area): _as_said(line) for line in lines}
    if is_exact:
        return said
    agreement = version.of_return.agreement
    shown = shown_counts(
        {(line.measure_id, line.area_id): line for line in lines},
        agreement.measures.order_by("position", "pk"),
        list(agreement.areas.all()),
    )
    return {key: _as_shown(one, key, shown) if key[0].sheet == Sheet.EQUALITY else one for key, one in said.items()}


def _as_said(line: Line) -> Said:
    if line.value is None:
        return Said(line.cell, None, f"not reported: {line.not_reported_because}", line.comment, is_reported=False)
    return Said(line.cell, line.value, as_reported(line.value, line.measure.unit), line.comment)


def _as_shown(said: Said, key: Key, shown: Shown) -> Said:
    """An Equality count as the page of its version shows it, without its comment; a part of the area never."""
    measure, area = key
    if said.value is None:
        return replace(said, comment="")
    count = ShownCount(None) if area.parent_id else shown[measure.pk]
    value = None if count.count is None else Decimal(count.count)
    return replace(said, value=value, shown=str(count), comment="", is_hidden=count.is_hidden)


def _in_order(keys: Mapping[Key, Said]) -> list[Key]:
    """By sheet as the workbook has them, by measure as the agreement orders them, then the parts before the whole."""
    sheets = list(Sheet)

    def place(key: Key) -> tuple[int, int, int, bool, int]:
        measure, area = key
        return sheets.index(Sheet(measure.sheet)), measure.position, measure.pk, area.parent_id is None, area.position

    return sorted(keys, key=place)


def _sheets(held: Differences[Key]) -> Iterator[ComparedSheet]:
    for sheet in Sheet:
        rows = tuple(_row(one) for one in held.found if one.key[0].sheet == sheet)
        comments = tuple(_said_once([_row(one) for one in held.comments if one.key[0].sheet == sheet]))
        if rows or comments:
            yield ComparedSheet(sheet, rows, comments)


def _row(found: Difference[Key]) -> ComparedRow:
    measure, area = found.key
    return ComparedRow(group_name(measure), measure, area, found)


def _said_once(rows: list[ComparedRow]) -> Iterator[ComparedRow]:
    """Comments without their repeats: a row of the workbook has one comment for all its numbers."""
    told = set()
    for row in rows:
        old, new = row.found.old, row.found.new
        assert old is not None  # a comment is compared where both sides say the thing
        assert new is not None
        change = (row.group, old.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), old.comment, new.comment)
        if change not in told:
            told.add(change)
            yield row


def _counts(held: Differences[Key]) -> tuple[str, ...]:
    """How many differ in each way: "3 numbers changed", and nothing of ways that none does."""
    words = {
        Kind.CHANGED: "changed",
        Kind.ADDED: "added",
        Kind.TAKEN_OUT: "taken out",
        Kind.NOT_REPORTED: "no longer reported",
        Kind.GOT_NUMBER: "now reported",
        Kind.OTHER_REASON: "not reported for another reason",
    }
    return tuple(f"{count_of(held.count(kind), 'number')} {text}" for kind, text in words.items() if held.count(kind))
