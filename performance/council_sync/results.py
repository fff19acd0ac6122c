"""What came of each case of a batch, held against what was held before: and which tellings are to be written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from performance.council_sync.shapes import HeldCase, RefusedCase, ToldCase


class Result(StrEnum):
    """What came of one case."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    STALE = "stale"
    REFUSED = "refused"


class CaseResult(NamedTuple):
    """What came of one case, as its sender is told: `reason` is a code and `detail` a sentence."""

    case_ref: str | None
    result: Result
    reason: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A batch held against what was held: a result for each case, in their order, and the tellings that now hold."""

    results: Sequence[CaseResult]
    to_write: Sequence[ToldCase]
    newest: datetime | None
    earliest_opened: date | None

    def counts(self) -> dict[Result, int]:
        """How many cases had each result, none left out."""
        counted = Counter(one.result for one in self.results)
        return {result: counted[result] for result in Result}

    def refusals(self) -> dict[str, int]:
        """How many cases were refused, by reason."""
        return dict(Counter(one.reason for one in self.results if one.reason))


def weigh(judged: Sequence[ToldCase | RefusedCase], held: Mapping[str, HeldCase]) -> Weighed:
    """Hold the cases of a batch against what is held of them, by reference.

    Of several tellings the one of the greatest rank holds, wherever it stands. `earliest_opened` is the first day on
    which a case opened of those that change, as it was held or as it is now.
    """
    told = [case for case in judged if isinstance(case, ToldCase)]
    newest = _newest_of_each(told)
    to_write = [case for case in newest.values() if case.reference not in held or case.rank > held[case.reference].rank]
    opened = [case.opened_on for case in to_write]
    opened += [held[case.reference].opened_on for case in to_write if case.reference in held]
    return Weighed(
        results=[_result(case, newest, held) for case in judged],
        to_write=to_write,
        newest=max((case.updated_at for case in told), default=None),
        earliest_opened=min((day for day in opened if day), default=None),
    )


def _newest_of_each(told: Iterable[ToldCase]) -> dict[str, ToldCase]:
    newest: dict[str, ToldCase] = {}
    for case in told:
        if case.reference not in newest or case.rank > newest[case.reference].rank:
            newest[case.reference] = case
    return newest


def _result(case: ToldCase | RefusedCase, newest: Mapping[str, ToldCase], held: Mapping[str, HeldCase]) -> CaseResult:
    if isinstance(case, RefusedCase):
        return CaseResult(case.reference, Result.REFUSED, case.reason.value, case.reason.said(case.field, case.agreed))
    before, winner = held.get(case.reference), newest[case.reference]
    if before and case.rank <= before.rank:
        return CaseResult(case.reference, Result.UNCHANGED if case.rank == before.rank else Result.STALE)
    if case is not winner:
        return CaseResult(case.reference, Result.UNCHANGED if case.rank == winner.rank else Result.STALE)
    return CaseResult(case.reference, Result.UPDATED if before else Result.CREATED)
