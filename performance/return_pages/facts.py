"""The key facts of a version and its sheets to look at."""

from dataclasses import dataclass

from contracts.formatting import count_of, money
from performance.form import Sheet
from performance.return_pages.contents import Contents, open_book_total
from performance.return_pages.findings import slug_of
from performance.return_pages.tables import SheetWriter


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the page's key facts."""

    title: str
    value: str
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet to look at, and how many things stand out on it."""

    sheet: Sheet
    slug: str
    flags: int
    is_current: bool


def sheet_called(slug: str) -> Sheet:
    """The sheet that an address names; Activity for anything else."""
    return next((sheet for sheet in Sheet if slug_of(sheet) == slug), Sheet.ACTIVITY)


def facts_of(contents: Contents, writer: SheetWriter) -> tuple[Fact, ...]:
    """How much is reported, what stands out, and the money."""
    return (_reported(contents), _flagged(contents, writer), _open_book(contents))


def _reported(contents: Contents) -> Fact:
    asked = [measure for sheet in Sheet for measure in contents.of_sheet(sheet)]
    missing = [m for m in asked if _is_unreported(contents, m.pk)]
    where = dict.fromkeys(m.element.short_name if m.element else "Whole service" for m in missing)
    note = f"{count_of(len(missing), 'measure')} not reported: {', '.join(where)}" if missing else "Every measure"
    return Fact("Measures reported", str(len(asked) - len(missing)), f"of {len(asked)}", note)


def _is_unreported(contents: Contents, measure: int) -> bool:
    return any(line.not_reported_because for (key, _), line in contents.lines.items() if key == measure)


def _flagged(contents: Contents, writer: SheetWriter) -> Fact:
    flags = [flag for sheet in Sheet for m in contents.of_sheet(sheet) for flag in writer.flags(m)]
    changed, missed = (sum(flag.colour == colour for flag in flags) for colour in ("orange", "red"))
    parts = [count_of(changed, "unusual figure") if changed else "", f"{missed} off target" if missed else ""]
    note = ", ".join(part for part in parts if part) or "No unusual figure, no target missed"
    return Fact("Flags", str(changed + missed), "", note)


def _open_book(contents: Contents) -> Fact:
    total = open_book_total(contents.lines, contents.measures)
    last = contents.last_month
    before = open_book_total(last.lines, contents.measures) if last else None
    if total is None:
        return Fact("Money in the open book", "None", "", "The return reports no spending")
    if before is None or last is None:
        return Fact("Money in the open book", money(total), "", "No earlier month to compare")
    by = total - before
    word = f"{money(abs(by))} {'more' if by > 0 else 'less'} than" if by else "The same as"
    return Fact("Money in the open book", money(total), "", f"{word} in {last.heading}")


def tabs_of(contents: Contents, writer: SheetWriter, current: Sheet) -> tuple[Tab, ...]:
    """The sheets that the version speaks of."""
    return tuple(
        Tab(sheet, slug_of(sheet), _flags_on(contents, writer, sheet), sheet is current)
        for sheet in Sheet
        if contents.of_sheet(sheet)
    )


def _flags_on(contents: Contents, writer: SheetWriter, sheet: Sheet) -> int:
    flags = [flag for measure in contents.of_sheet(sheet) for flag in writer.flags(measure)]
    return sum(flag.colour in ("orange", "red") for flag in flags)
