"""What a check found, in words a person can act on, and the list that keeps many of them readable."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

# A return of the 5,000 rows that a sheet may have is diagnosed row by row, even with two cells wrong in each of them.
KEPT_OF_ONE_KIND = 10_000
# Some 10 MB as a row of the database and as a list in a workbook: what can still be stored, sent and opened.
KEPT_IN_ALL = 20_000
# Whatever else there is, the first of every kind are told: a wrong month does not drown in wrong cells.
KEPT_OF_EVERY_KIND = 20


class Level(StrEnum):
    """An error stops a return; a warning needs a reason from the person who signs it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right or to confirm.

    `sheet` and `cell` are as the provider's spreadsheet program shows them; both are None when the finding is about
    the whole file. `code` is stable and for programs; the other texts are plain sentences, to be shown as text.
    `stands_for` is how many things were found: one, but for a finding that says how many more there are.
    """

    level: Level
    sheet: str | None
    cell: str | None
    code: str
    found: str
    expected: str
    remedy: str
    title: str
    stands_for: int = 1


def error(
    code: str, sheet: str | None, cell: str | None, *, title: str, found: str, expected: str, remedy: str
) -> Finding:
    """An error finding."""
    return Finding(Level.ERROR, sheet, cell, code, found, expected, remedy, title)


def warning(
    code: str, sheet: str | None, cell: str | None, *, title: str, found: str, expected: str, remedy: str
) -> Finding:
    """A warning finding."""
    return Finding(Level.WARNING, sheet, cell, code, found, expected, remedy, title)


Kind = tuple[str | None, str, Level]
"""Sheet, code and level."""


class FindingList:
    """Findings in the order they were met, at most `kept` of one code on one sheet; the rest are counted.

    After `in_all` findings only the first `of_every` of each kind are kept.
    A file made to fault in every cell must not make a report that nobody can open (trust.md, row 15).
    """

    def __init__(
        self, kept: int = KEPT_OF_ONE_KIND, in_all: int = KEPT_IN_ALL, of_every: int = KEPT_OF_EVERY_KIND
    ) -> None:
        self._kept = kept
        self._in_all = in_all
        self._of_every = of_every
        self._list: list[Finding] = []
        self._listed: Counter[Kind] = Counter()
        self._not_listed: Counter[Kind] = Counter()
        self._first: dict[Kind, Finding] = {}

    def add(self, finding: Finding) -> None:
        """Keep `finding`, or only count it when enough of its kind, or enough in all, are kept."""
        kind = (finding.sheet, finding.code, finding.level)
        if self._listed[kind] < (self._kept if len(self._list) < self._in_all else self._of_every):
            self._listed[kind] += 1
            self._list.append(finding)
        else:
            self._not_listed[kind] += finding.stands_for
            self._first.setdefault(kind, finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add each of `findings`."""
        for finding in findings:
            self.add(finding)

    def all(self) -> tuple[Finding, ...]:
        """What was kept, then one finding for each kind of which more were met, saying how many more."""
        return (*self._list, *(self._more(kind, more) for kind, more in self._not_listed.items()))

    def _more(self, kind: Kind, more: int) -> Finding:
        return replace(
            self._first[kind],
            cell=None,
            title=f"And {more:,} more of the same kind",
            found=f"{more:,} more of this kind, after the first {self._listed[kind]:,}",
            remedy="Put right those listed and upload again: what is left is then listed",
            stands_for=more,
        )


def count_of(findings: Iterable[Finding]) -> int:
    """How many things were found, those that are only counted included."""
    return sum(finding.stands_for for finding in findings)


def count_of_level(findings: Iterable[Finding], level: Level) -> int:
    """How many errors or warnings were found."""
    return count_of(finding for finding in findings if finding.level is level)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of `findings` stops the return."""
    return any(finding.level is Level.ERROR for finding in findings)
