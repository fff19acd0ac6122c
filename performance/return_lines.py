"""The return as a source of inputs: sums of its lines, each with the cell it stands in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from contracts.agreement_months import months_of
from contracts.formatting import month_name
from contracts.models import Area, PartyRole
from performance.as_known import accepted_versions
from performance.form import Sheet, months_asked
from performance.indicators import FormulaTerm, Input
from performance.models import Line, Measure
from performance.sources import Answer, Scope

IN_FORCE = ("in_force_from", "in_force_until", "element__in_force_from", "element__in_force_until")


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One line of the version in force: a value or the reason there is none, and where it stands."""

    value: Decimal | None
    not_reported_because: str
    source: dict[str, Any]


@dataclass(frozen=True, slots=True)
class HeldMeasure:
    """A measure as formulas pick it."""

    key: int
    sheet: str
    element: str | None
    pathway: str | None
    label: str
    is_required: bool
    first_month: date
    end_month: date | None

    def is_asked_in(self, month: date) -> bool:
        """Whether a return of `month` is asked for it."""
        return self.first_month <= month and (self.end_month is None or month < self.end_month)

    def fits(self, term: FormulaTerm) -> bool:
        """Whether `term` names this measure; an empty label or pathway names all of the sheet's."""
        return (
            self.sheet == term.sheet
            and self.element == term.element
            and term.label in ("", self.label)
            and term.pathway in (None, self.pathway)
        )


def versions_in_force(scope: Scope) -> Q:
    """Lines of versions accepted at or before the scope's moment and not replaced by then."""
    return accepted_versions(scope.at, of="version__")


class ReturnLines:
    """Answers terms over the lines in force of some months."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        agreement = scope.agreement
        provider = agreement.parties.filter(role=PartyRole.PROVIDER).select_related("organisation").first()
        self.provider = provider.organisation.short_name if provider else "the provider"
        self.elements = dict(agreement.elements.values_list("code", "short_name"))
        self.parts = _parts_of_areas(agreement.areas.all())
        self.measures = list(_measures(scope))
        self.lines: dict[date, dict[tuple[int, str], HeldLine]] = defaultdict(dict)
        for line in _lines(scope):
            self.lines[line["month"]][line["measure_id"], line["area_code"]] = _held(line)

    def answer(self, term: FormulaTerm, area: str, month: date) -> Input:
        """The sum of the measures that `term` names, in `area` and `month`."""
        measures = [m for m in self.measures if m.fits(term)]
        if not measures:
            return Input(None, self._not_asked(term))
        lines = self.lines.get(month)
        if lines is None:
            return Input(None, self._no_return(month))
        found: list[HeldLine] = []
        for measure in measures:
            held = self._in_area(measure, area, lines)
            if held is None and measure.is_required and measure.is_asked_in(month):
                return Input(None, f"{measure.label} is not in the return for {month_name(month)}.")
            found.extend(held or [])
        return self._sum(found, month, measures)

    def _in_area(
        self, measure: HeldMeasure, area: str, lines: dict[tuple[int, str], HeldLine]
    ) -> list[HeldLine] | None:
        """The line as reported for the area; where only its parts are reported, all of them, however deep they lie."""
        own = lines.get((measure.key, area))
        if own is not None:
            return [own]
        held = [self._in_area(measure, part, lines) for part in self.parts[area]]
        parts = [part for part in held if part is not None]
        return [line for part in parts for line in part] if held and len(parts) == len(held) else None

    def _sum(self, found: list[HeldLine], month: date, measures: list[HeldMeasure]) -> Input:
        sources = tuple(line.source for line in found)
        unsaid = next((line for line in found if line.value is None), None)
        if unsaid is not None:
            return Input(None, f"Not reported by {self.provider}: {unsaid.not_reported_because}", sources)
        if not found:
            return Input(None, self._not_said(measures, month))
        return Input(sum((line.value for line in found if line.value is not None), Decimal(0)), "", sources)

    def _not_said(self, measures: list[HeldMeasure], month: date) -> str:
        label = measures[0].label
        if not any(measure.is_asked_in(month) for measure in measures):
            return f"The return for {month_name(month)} was not asked for {label}."
        return f"{label} is not in the return for {month_name(month)}."

    def _not_asked(self, term: FormulaTerm) -> str:
        element = self.elements.get(term.element or "", "the whole service")
        return f"The return does not ask for “{term.label or term.sheet}” of {element}."

    def _no_return(self, month: date) -> str:
        if not months_of(self.scope.agreement).requires(month):
            return f"No return was required for {month_name(month)}."
        return f"No return for {month_name(month)} has been accepted."


def read_return_lines(scope: Scope) -> Answer:
    """The reader of source `return`."""
    return ReturnLines(scope).answer


def _measures(scope: Scope) -> Iterator[HeldMeasure]:
    rows = (
        Measure.objects.filter(agreement=scope.agreement)
        .order_by("position", "pk")
        .values_list("pk", "sheet", "element__code", "pathway__code", "label", "is_required", *IN_FORCE)
    )
    for key, sheet, element, pathway, label, is_required, *days in rows:
        first, end = months_asked((days[0], days[1]), (days[2], days[3]))
        yield HeldMeasure(key, sheet, element, pathway, label, is_required, first, end)


def _lines(scope: Scope) -> Iterable[Any]:
    """Plain rows: of an agreement there are some thousand in a recompute, too many to make objects of."""
    return (
        Line.objects.filter(
            versions_in_force(scope),
            version__of_return__agreement=scope.agreement,
            version__of_return__month__range=(scope.first_month, scope.last_month),
        )
        .exclude(measure__sheet=Sheet.EQUALITY)
        .values(
            "measure_id",
            "value",
            "not_reported_because",
            "cell",
            "version_id",
            month=F("version__of_return__month"),
            number=F("version__number"),
            sheet=F("measure__sheet"),
            label=F("measure__label"),
            area_code=F("area__code"),
        )
    )


def _held(line: dict[str, Any]) -> HeldLine:
    source = {
        "version": line["number"],
        "version_id": line["version_id"],
        "month": f"{line['month']:%Y-%m}",
        "sheet": line["sheet"],
        "cell": line["cell"],
        "label": line["label"],
        "area": line["area_code"],
        "value": None if line["value"] is None else f"{line['value'].normalize():f}",
    }
    return HeldLine(line["value"], line["not_reported_because"], source)


def _parts_of_areas(areas: Iterable[Area]) -> dict[str, list[str]]:
    every = list(areas)
    return {area.code: [part.code for part in every if part.parent_id == area.pk] for area in every}
