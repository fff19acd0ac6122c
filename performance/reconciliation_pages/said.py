"""The explanations of a month as one reader sees them, and what the reader may do with each."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.access import Standing
from contracts.formatting import count_of
from contracts.permissions import Permission
from performance.dispute_rules import seen_as
from performance.disputes import answered_by
from performance.models import ExplainedDifference, Explanation, ExplanationAnswer
from performance.reconciliation import Kind, Side
from performance.reconciliation_pages.figure_notes import figure_notes
from performance.reconciliation_pages.held import HeldDifference
from performance.return_pages.sight import Names
from performance.sides import name_of, other, side_of


@dataclass(frozen=True, slots=True)
class Said:
    """One explanation: who said it for which side, of what, what came of it, and why the reader cannot answer it."""

    explanation: Explanation
    side: str
    across: str
    of: tuple[str, ...]
    gone: int
    answer: ExplanationAnswer | None
    may_answer: bool
    why_not: str
    seen: str
    figure_note: str

    @property
    def state(self) -> str:
        """As its tag says it."""
        if self.answer is None:
            return f"Waits for {self.across}" if self.of or not self.gone else "No longer needed"
        return f"Signed by {self.across}" if self.answer.is_signed else f"Sent back by {self.across}"

    @property
    def colour(self) -> str:
        """The colour of that tag."""
        if self.answer is None:
            return "yellow" if self.of or not self.gone else "grey"
        return "green" if self.answer.is_signed else "grey"


def explanations_of(
    standing: Standing, month: date, held: Sequence[HeldDifference], names: Names, at: datetime | None
) -> tuple[Said, ...]:
    """What was said of the month by that moment, what waits for an answer first, then the newest. Two queries."""
    of_month = Explanation.objects.filter(agreement=standing.agreement, month=month)
    if at is not None:
        of_month = of_month.filter(written_at__lte=at)
    rows = list(of_month.select_related("written_by", "answer__answered_by").order_by("-written_at", "-pk"))
    if not rows:
        return ()
    by_key = {one.key: one for one in held}
    named: dict[int, list[int]] = defaultdict(list)
    links = ExplainedDifference.objects.filter(explanation__in=rows)
    for explanation, difference in links.values_list("explanation_id", "difference_id"):
        named[explanation].append(difference)
    answered = set(of_month.filter(answered_by(at)).values_list("pk", flat=True)) if at is not None else None
    notes = figure_notes([(one, _answer(one, answered)) for one in rows])
    said = [_said(one, named[one.pk], by_key, (standing, names, notes), _answer(one, answered), at) for one in rows]
    return tuple(sorted(said, key=lambda one: one.answer is not None))


def _answer(one: Explanation, answered: set[int] | None) -> ExplanationAnswer | None:
    """Its answer, if it was given by then."""
    if answered is not None and one.pk not in answered:
        return None
    given: ExplanationAnswer | None = getattr(one, "answer", None)
    return given


def _said(
    one: Explanation,
    named: Sequence[int],
    by_key: Mapping[int, HeldDifference],
    reader: tuple[Standing, Names, Mapping[int, str]],
    answer: ExplanationAnswer | None,
    at: datetime | None,
) -> Said:
    standing, names, notes = reader
    still = [by_key[key] for key in named if key in by_key]
    side = Side(one.side)
    may_ever = answer is None and at is None and standing.may(Permission.EXPLAIN_DIFFERENCES)
    why_not = _why_not(one, side, standing, names) if may_ever else ""
    return Said(
        explanation=one,
        side=name_of(side, names),
        across=name_of(other(side), names),
        of=_in_groups(still),
        gone=len(named) - len(still),
        answer=answer,
        may_answer=may_ever and not why_not and bool(still),
        why_not=why_not,
        seen=seen_as({difference.key: difference.status for difference in still}),
        figure_note=notes.get(one.pk, ""),
    )


def _why_not(one: Explanation, side: Side, standing: Standing, names: Names) -> str:
    if one.written_by_id == standing.user.pk:
        return f"You wrote this, so somebody at {name_of(other(side), names)} answers it."
    if side_of(standing) is not other(side):
        return f"Somebody at {name_of(other(side), names)} answers it."
    return ""


def _in_groups(still: Sequence[HeldDifference]) -> tuple[str, ...]:
    """What it is about: "Held by the council only, East Kent: 9 cases"."""
    counts = Counter((Kind(one.kind).label, one.area) for one in still)
    return tuple(f"{kind}, {area}: {count_of(count, 'case')}" for (kind, area), count in sorted(counts.items()))
