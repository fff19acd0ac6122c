"""Any agreement and month: what is kept and printed is what a plain count of the same cases says.

Barset has another pathway, other areas and references than Kent; its cases are made up by Hypothesis.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.models import Agreement
from contracts.periods import month_end
from performance.models import Difference, Measure
from performance.recompute import work_off
from performance.reconciliation import HeldCase
from tests.barset import load_barset
from tests.performance.council_batches import tell
from tests.performance.provider_lists import accept_list

pytestmark = pytest.mark.django_db
MONTHS = [date(2019, month, 1) for month in (5, 6, 9)]
DISTRICTS = {"north": "N1", "south": "S1"}
days = st.builds(lambda month, off: month_end(month) + timedelta(days=off), st.sampled_from(MONTHS), st.integers(-1, 1))


@st.composite
def cases(draw: st.DrawFn) -> HeldCase:
    opened, number = draw(days), draw(st.integers(1, 6))
    closed = draw(st.none() | days.map(lambda day: max(day, opened)))
    area, route = draw(st.sampled_from(sorted(DISTRICTS))), draw(st.sampled_from(["School", "GP"]))
    return HeldCase(f"M/{number}", area, route, opened, closed)


caseloads = st.lists(cases(), max_size=6, unique_by=lambda case: case.reference)


@pytest.fixture
def barset(db: None) -> Agreement:
    agreement, _ = load_barset()
    pathway = agreement.pathways.create(code="mentoring", name="Mentoring")
    Measure.objects.create(
        agreement=agreement, sheet="Caseload by pathway", label="Mentoring", unit="children", pathway=pathway,
        is_counted_by_case_list=True,
    )  # fmt: skip
    for area, code in DISTRICTS.items():
        agreement.places.create(kind="district", code=code, name=code, area=agreement.areas.get(code=area))
    return agreement


def as_told(case: HeldCase) -> dict[str, Any]:
    return {
        "case_ref": case.reference, "district": DISTRICTS[case.area], "referral_route": case.referral_route,
        "opened_on": case.opened_on, "closed_on": case.closed_on, "updated_at": "2019-10-01T09:00:00Z",
    }  # fmt: skip


def open_in(held: list[HeldCase], month: date) -> dict[str, HeldCase]:
    """The cases that are open as the month ends."""
    opened = {case.reference: case for case in held if case.opened_on <= month_end(month)}
    return {ref: case for ref, case in opened.items() if not case.closed_on or case.closed_on > month_end(month)}


def expected(ours: dict[str, HeldCase], theirs: dict[str, HeldCase]) -> Iterator[tuple[str, str]]:
    """Every difference by its reference and kind."""
    yield from ((ref, "provider-only") for ref in ours if ref not in theirs)
    yield from ((ref, "council-only") for ref in theirs if ref not in ours)
    for ref in ours.keys() & theirs.keys():
        for name, kind in (("opened_on", "opened"), ("referral_route", "route"), ("area", "area")):
            if getattr(ours[ref], name) != getattr(theirs[ref], name):
                yield ref, f"{kind}-differs"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(caseloads, caseloads, st.sampled_from(MONTHS))
def test_any_month_of_any_agreement(barset: Agreement, ours, theirs, month):
    with transaction.atomic():
        accept_list(barset, month, ours)
        tell(barset, [], MONTHS[0])
        tell(barset, [as_told(case) for case in theirs], month_end(MONTHS[-1]))
        work_off(barset)
        mine, yours = open_in(ours, month), open_in(theirs, month)
        rows = {row.area.code: row for row in barset.reconciliations.filter(month=month, known_until=None)}
        for code, inside in {"barset": {"north", "south"}, "north": {"north"}, "south": {"south"}}.items():
            assert rows[code].provider == sum(case.area in inside for case in mine.values())
            assert rows[code].council == sum(case.area in inside for case in yours.values())
        assert rows["barset"].matched == len(mine.keys() & yours.keys())
        held = Difference.objects.filter(agreement=barset, month=month).values_list("reference", "kind")
        assert sorted(held) == sorted(expected(mine, yours))
        transaction.set_rollback(True)
