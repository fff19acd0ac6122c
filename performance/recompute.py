"""Working figures out again: what is needed stands in rows, one agreement at a time, in the order it arose.

Running it twice, or two at once, gives one result: an agreement's needs are worked off under one lock, and a figure
that comes out the same writes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from contracts import audit
from contracts.agreement_months import months_of
from contracts.models import Agreement, Area, Indicator, ServiceElement, Target
from contracts.periods import add_months, month_end, months_between
from performance.definitions import formula_of, in_force
from performance.figure_columns import as_held
from performance.indicators import Formula, FormulaTerm, Input, Lookup, Worked, work_out
from performance.known_rows import moment_after
from performance.models import Definition, Figure, RecomputeNeed
from performance.reconciling import reconcile_months
from performance.sources import Answer, Scope, all_sources
from performance.verdicts import Polarity, Verdict, verdict

LOCK_OF_RECOMPUTES = 7602
# Rolling indicators look back eleven months, and comparisons twelve.
LOOK_BACK = 12


def work_off(agreement: Agreement) -> int:
    """Work off every need of `agreement`, oldest first; returns how many."""
    done = 0
    while _work_off_one(agreement):
        done += 1
    return done


@transaction.atomic
def _work_off_one(agreement: Agreement) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_OF_RECOMPUTES, agreement.pk])
    need = agreement.recompute_needs.filter(done_at__isnull=True).order_by("at", "pk").first()
    if need is None:
        return False
    months, at = months_between(need.from_month, need.until_month), _known_at(need)
    changed = recompute(agreement, months, at=at)
    reconciled = reconcile_months(agreement, months, at)
    RecomputeNeed.objects.filter(pk=need.pk).update(done_at=timezone.now())
    audit.record(
        "figures worked out",
        by=audit.WORKER,
        agreement=agreement,
        subject=need.reason,
        after={"from": need.from_month, "until": need.until_month, "changed": changed, "reconciled": reconciled},
    )
    return True


def _known_at(need: RecomputeNeed) -> datetime:
    """The moment, in the portal's time zone, as of which a need is worked off: never before one worked off already.

    Needs may arrive out of their order in time, and what is known is not forgotten again.
    """
    done = RecomputeNeed.objects.filter(agreement=need.agreement_id, done_at__isnull=False)
    latest: datetime | None = done.aggregate(at=Max("at"))["at"]
    return timezone.localtime(need.at if latest is None else max(need.at, latest))


def recompute(agreement: Agreement, months: Sequence[date], *, at: datetime) -> int:
    """Work every indicator out for `months` as known `at`, and write what changed; returns how many figures."""
    # An agreement that is only half entered has nothing to work out yet.
    has_areas = agreement.areas.filter(parent__isnull=True).exists()
    worked = list(Workings(agreement, months, at).figures()) if months and has_areas else []
    known = {
        key_of(figure): figure
        for figure in Figure.objects.filter(agreement=agreement, month__in=months, known_until__isnull=True)
    }
    changed = [figure for figure in worked if not _says_the_same(figure, known.get(key_of(figure)))]
    gone = [known[key] for key in known.keys() - {key_of(figure) for figure in worked}]
    _write(changed, [known[key_of(f)] for f in changed if key_of(f) in known] + gone, at)
    return len(changed) + len(gone)


FigureKey = tuple[int, int | None, int, date]


def key_of(figure: Figure) -> FigureKey:
    """What a figure is of: indicator, element, area and month."""
    return (figure.indicator_id, figure.element_id, figure.area_id, figure.month)


def _says_the_same(new: Figure, known: Figure | None) -> bool:
    if known is None:
        return False
    fields = (
        "definition_id",
        "numerator",
        "denominator",
        "unit",
        "target",
        "floor",
        "target_is_illustrative",
        "floor_is_illustrative",
        "verdict",
        "reason",
        "sources",
    )
    return all(getattr(new, name) == getattr(known, name) for name in fields)


def _write(changed: list[Figure], replaced: list[Figure], at: datetime) -> None:
    """Close what is replaced and write what is new, so that the two never hold at one moment."""
    since = moment_after(replaced, at)
    Figure.objects.filter(pk__in=[f.pk for f in replaced]).update(known_until=since)
    for figure in changed:
        figure.known_from = since
    Figure.objects.bulk_create(changed, batch_size=1000)


@dataclass(frozen=True, slots=True)
class Subject:
    """What one figure is about."""

    indicator: Indicator
    definition: Definition
    formula: Formula
    element: ServiceElement | None
    area: Area
    month: date


class Workings:
    """Everything needed to work an agreement's indicators out for some months, loaded once."""

    def __init__(self, agreement: Agreement, months: Sequence[date], at: datetime) -> None:
        self.agreement = agreement
        self.months = months
        self.returns_from = months_of(agreement).returns_from
        scope = Scope(agreement, add_months(months[0], -LOOK_BACK), months[-1], at)
        self.answers: dict[str, Answer] = {
            name: source.read(scope) for name, source in all_sources().items() if name in _named(agreement)
        }
        self.elements = list(agreement.elements.order_by("position", "pk"))
        self.areas = list(agreement.areas.order_by("position", "pk"))
        self.whole = next(area for area in self.areas if area.parent_id is None)
        self.definitions = list(
            Definition.objects.filter(indicator__agreement=agreement)
            .select_related("indicator__element")
            .prefetch_related("terms__element", "terms__pathway")
        )
        self.targets = list(Target.objects.filter(indicator__agreement=agreement))

    def figures(self) -> Iterable[Figure]:
        """Every figure of every month, not saved."""
        return (self._figure(subject) for month in self.months for subject in self._subjects(month))

    def _subjects(self, month: date) -> Iterable[Subject]:
        day = month_end(month)
        for definition in self.definitions:
            if not in_force(definition, day):
                continue
            formula = formula_of(definition)
            for element in self._elements_of(definition, day):
                for area in self.areas if definition.by_area else [self.whole]:
                    yield Subject(definition.indicator, definition, formula, element, area, month)

    def _elements_of(self, definition: Definition, day: date) -> list[ServiceElement | None]:
        """The elements that a definition is worked out for; one that has ended is worked out no more."""
        own = definition.indicator.element
        if own is None and not definition.for_each_element:
            return [None]
        named = self.elements if definition.for_each_element or own is None else [own]
        return [element for element in named if in_force(element, day)]

    def _figure(self, subject: Subject) -> Figure:
        worked = as_held(work_out(subject.formula, subject.month, self._lookup(subject), self.returns_from))
        target = self._target(subject)
        value, floor = (target.value, target.floor) if target else (None, None)
        judged = verdict(worked.value, value, floor, Polarity(subject.indicator.polarity))
        return _as_row(self.agreement, subject, worked, target, judged)

    def _lookup(self, subject: Subject) -> Lookup:
        own = subject.element.code if subject.element else None

        def look_up(term: FormulaTerm, month: date) -> Input:
            answer = self.answers.get(term.source)
            if answer is None:
                return Input(None, f"The portal has no source called “{term.source}”.")
            return answer(_of_element(term, own), subject.area.code, month)

        return look_up

    def _target(self, subject: Subject) -> Target | None:
        """The target in force at the month's end: the area's own before one for every area."""
        day = month_end(subject.month)
        held = [t for t in self.targets if t.indicator_id == subject.indicator.pk and in_force(t, day)]
        own = [t for t in held if t.area_id == subject.area.pk]
        return next(iter([*own, *(t for t in held if t.area_id is None)]), None)


def _of_element(term: FormulaTerm, own: str | None) -> FormulaTerm:
    """`term` with the element that the figure is worked out for, where it asks for that."""
    return replace(term, element=own) if term.is_own_element else term


def _named(agreement: Agreement) -> set[str]:
    terms = Definition.objects.filter(indicator__agreement=agreement).values_list("terms__source", flat=True)
    return {source for source in terms if source}


def _as_row(
    agreement: Agreement,
    subject: Subject,
    worked: Worked,
    target: Target | None,
    judged: Verdict,
) -> Figure:
    sources: list[dict[str, Any]] = list(worked.sources)
    return Figure(
        agreement=agreement,
        indicator=subject.indicator,
        definition=subject.definition,
        element=subject.element,
        area=subject.area,
        month=subject.month,
        value=worked.value,
        numerator=worked.numerator,
        denominator=worked.denominator,
        unit=subject.indicator.unit,
        target=target.value if target else None,
        floor=target.floor if target else None,
        target_is_illustrative=bool(target and target.is_illustrative),
        floor_is_illustrative=bool(target and target.floor_is_illustrative),
        verdict=judged.value,
        reason=worked.reason[:700],
        sources=sources,
    )
