"""The Equality counts of the accepted returns, month by month, as one reader sees them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.models import Agreement, Area
from contracts.periods import add_months, months_between
from contracts.permissions import Permission
from performance.equality.shapes import (
    NIL_RETURN,
    NO_RETURN,
    NOT_ASKED,
    NOT_IN_RETURN,
    NOT_REPORTED,
    Characteristic,
    MonthSeen,
    Seen,
    seen_count,
)
from performance.form import WHOLE_SERVICE, RuleKind, Sheet, months_asked
from performance.models import Line, Measure, MeasureRule, State, Version
from performance.return_pages.contents import Lines, value_in
from performance.return_pages.small import Shown, shown_counts
from performance.suppression import ShownCount


def seen_by(standing: Standing, month: date) -> tuple[Characteristic, ...]:
    """Every characteristic of the agreement's returns from the first to `month`. The same for page, chart and file."""
    agreement, is_exact = standing.agreement, standing.may(Permission.SEE_EXACT_COUNTS)
    measures = list(agreement.measures.select_related("element").order_by("position", "pk"))
    areas = list(agreement.areas.order_by("position", "pk"))
    if not areas:
        return ()  # half entered: no return of it can be judged, so none has been accepted
    totals = _totals(agreement)
    months = _accepted(agreement, month, measures, areas, is_exact=is_exact)
    return tuple(
        Characteristic(
            element=held[0].element.name if held[0].element else WHOLE_SERVICE,
            name=held[0].characteristic or "Every characteristic",
            groups=tuple(measure.label for measure in held),
            total_of=total.label if total else "",
            months=tuple(one.seen(held, total, is_exact=is_exact) for one in months),
            is_exact=is_exact,
        )
        for held in _by_characteristic(measures)
        for total in [totals.get(held[0].pk)]
    )


@dataclass(frozen=True, slots=True)
class AcceptedMonth:
    """What the accepted version of a month says, None where there is no such version, and how its counts are shown."""

    month: date
    version: Version | None
    lines: Lines
    shown: Shown
    areas: Sequence[Area]

    def seen(self, measures: Sequence[Measure], total: Measure | None, *, is_exact: bool) -> MonthSeen:
        """A characteristic's counts, which `measures` ask for, with what they add up to."""
        whole = next(area for area in self.areas if area.parent_id is None)
        value = value_in(self.lines, total, whole, self.areas) if total else None
        of = None if value is None else int(value)
        return MonthSeen(self.month, of, tuple(self._count(measure, of, is_exact=is_exact) for measure in measures))

    def _count(self, measure: Measure, total: int | None, *, is_exact: bool) -> Seen:
        shown = self.shown.get(measure.pk)
        if shown is not None:
            return seen_count(shown, total, is_exact=is_exact)
        if self.version is None:
            return Seen(None, NO_RETURN)
        if self.version.nil_because:
            return Seen(None, NIL_RETURN, reason=self.version.nil_because)
        reason = next((line.not_reported_because for (key, _), line in self.lines.items() if key == measure.pk), "")
        if reason:
            return Seen(None, NOT_REPORTED, reason=reason)
        return Seen(None, NOT_IN_RETURN if _is_asked(measure, self.month) else NOT_ASKED)


def _by_characteristic(measures: Iterable[Measure]) -> list[list[Measure]]:
    """The measures of the Equality sheet by element and characteristic, in the agreement's order."""
    groups: dict[tuple[int | None, str], list[Measure]] = defaultdict(list)
    for measure in measures:
        if measure.sheet == Sheet.EQUALITY:
            groups[measure.element_id, measure.characteristic].append(measure)
    order = list(dict.fromkeys(element for element, _ in groups))
    return [groups[key] for key in sorted(groups, key=lambda key: order.index(key[0]))]


def _totals(agreement: Agreement) -> dict[int, Measure]:
    """What the measures of a characteristic add up to, by their keys. A total that is itself such a count is none."""
    rules = MeasureRule.objects.filter(
        measure__agreement=agreement, kind=RuleKind.ADDS_UP_TO, measure__sheet=Sheet.EQUALITY
    ).exclude(against__sheet=Sheet.EQUALITY)
    return {rule.measure_id: rule.against for rule in rules.select_related("against")}


def _accepted(
    agreement: Agreement, until: date, measures: Sequence[Measure], areas: Sequence[Area], *, is_exact: bool
) -> tuple[AcceptedMonth, ...]:
    """The accepted versions from the first month shown to `until`. As many queries for many months as for one."""
    months = months_between(months_of(agreement).first_shown(until), add_months(until, 1))
    versions = Version.objects.filter(
        of_return__agreement=agreement, of_return__month__range=(months[0], until), state=State.ACCEPTED
    ).annotate(month=F("of_return__month"))
    by_month = {version.month: version for version in versions}
    lines = _lines(agreement, by_month.values())
    held = ((month, lines[by_month[month].pk] if month in by_month else {}) for month in months)
    seen = exact_counts if is_exact else shown_counts
    return tuple(AcceptedMonth(m, by_month.get(m), said, seen(said, measures, areas), areas) for m, said in held)


def exact_counts(lines: Lines, measures: Iterable[Measure], areas: Sequence[Area]) -> Shown:
    """The Equality counts as they were reported, for those with the permission."""
    whole = next(area for area in areas if area.parent_id is None)
    values = {m.pk: value_in(lines, m, whole, areas) for m in measures if m.sheet == Sheet.EQUALITY}
    return {key: ShownCount(int(value)) for key, value in values.items() if value is not None}


def _lines(agreement: Agreement, versions: Iterable[Version]) -> Mapping[int, dict[tuple[int, int], Line]]:
    """The Equality lines of the versions and those that they add up to, by version."""
    is_total = Q(
        measure__rules_against__kind=RuleKind.ADDS_UP_TO,
        measure__rules_against__measure__sheet=Sheet.EQUALITY,
    )
    lines: dict[int, dict[tuple[int, int], Line]] = defaultdict(dict)
    for line in Line.objects.filter(
        Q(measure__sheet=Sheet.EQUALITY) | is_total, version__in=list(versions), measure__agreement=agreement
    ).distinct():
        lines[line.version_id][line.measure_id, line.area_id] = line
    return lines


def _is_asked(measure: Measure, month: date) -> bool:
    element = measure.element
    first, end = months_asked(
        (measure.in_force_from, measure.in_force_until),
        (element.in_force_from, element.in_force_until) if element else (None, None),
    )
    return first <= month and (end is None or month < end)
