"""What a check found, in words a person can act on, and the list that keeps many of them readable."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

KEPT_OF_ONE_KIND = 200


class Level(StrEnum):
    """An error stops a return; a warning needs a reason from the person who signs it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right or to confirm.

    `sheet` and `cell` are as the provider's spreadsheet program shows them; both are None when the finding is about
    the whole file. `code` is stable and for programs; the other texts are plain sentences, to be shown as text.
    """

    level: Level
    sheet: str | None
    cell: str | None
    code: str
    found: str
    expected: str
    remedy: str
    title: str


def error(code: str, sheet: str | None, cell: str | None, **texts: str) -> Finding:
    """An error finding; `texts` are title, found, expected and remedy."""
    return Finding(level=Level.ERROR, sheet=sheet, cell=cell, code=code, **texts)


def warning(code: str, sheet: str | None, cell: str | None, **texts: str) -> Finding:
    """A warning finding; `texts` are title, found, expected and remedy."""
    return Finding(level=Level.WARNING, sheet=sheet, cell=cell, code=code, **texts)


class FindingList:
    """Findings in the order they were met, at most `kept` of one code on one sheet; the rest are counted.

    A file made to fault in every cell must not make a report that nobody can open (trust.md, row 15).
    """

    def __init__(self, kept: int = KEPT_OF_ONE_KIND) -> None:
        self._kept = kept
        self._list: list[Finding] = []
        self._met: Counter[tuple[str | None, str, Level]] = Counter()
        self._first: dict[tuple[str | None, str, Level], Finding] = {}

    def add(self, finding: Finding) -> None:
        """Keep `finding`, or only count it when enough of its kind are kept."""
        kind = (finding.sheet, finding.code, finding.level)
        self._met[kind] += 1
        self._first.setdefault(kind, finding)
        if self._met[kind] <= self._kept:
            self._list.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add each of `findings`."""
        for finding in findings:
            self.add(finding)

    def all(self) -> tuple[Finding, ...]:
        """What was kept, then one finding for each kind of which more were met, saying how many more."""
        return (*self._list, *(self._more(kind) for kind, met in self._met.items() if met > self._kept))

    def _more(self, kind: tuple[str | None, str, Level]) -> Finding:
        more = self._met[kind] - self._kept
        return replace(
            self._first[kind],
            cell=None,
            title=f"And {more:,} more of the same kind",
            found=f"{more:,} more of this kind, after the first {self._kept:,}",
            remedy="Put right those listed and upload again: what is left is then listed",
        )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of `findings` stops the return."""
    return any(finding.level is Level.ERROR for finding in findings)
