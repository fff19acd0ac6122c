"""Two caseloads held against each other: what always holds, and a second, slow way to find the same."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import add_months, month_end
from performance.reconciliation import (
    CaseDifference,
    CaseloadCounts,
    HeldCase,
    Kind,
    counts_in,
    is_open_at,
    reconcile,
)

AUGUST = date(2019, 8, 1)
AREAS = ("north", "north-coast", "south", "all")
# The whole is "all": the coast is part of the north, and both of the whole.
CODES = {"all": set(AREAS), "north": {"north", "north-coast"}, "north-coast": {"north-coast"}, "south": {"south"}}

months = st.integers(0, 36).map(lambda count: add_months(date(2018, 1, 1), count))
# Close to month ends, where a day decides.
days = st.builds(lambda month, off: month + timedelta(days=off), months, st.integers(-2, 2))
references = st.integers(1, 12).map(lambda number: f"EH-2019-{number:05}")


@st.composite
def held_cases(draw: st.DrawFn) -> HeldCase:
    opened = draw(days)
    closed = draw(st.none() | days.map(lambda day: max(day, opened)))
    return HeldCase(
        draw(references), draw(st.sampled_from(AREAS)), draw(st.sampled_from(["SPA", "Direct"])), opened, closed
    )


caseloads = st.lists(held_cases(), max_size=12, unique_by=lambda case: case.reference)


def found_slowly(ours: list[HeldCase], theirs: list[HeldCase], month: date) -> tuple[dict[str, int], set[object]]:
    """The counts of the whole and every difference, by walking the days and comparing each case with each."""
    last = month
    while (last + timedelta(days=1)).month == month.month:
        last += timedelta(days=1)

    def held(cases: list[HeldCase]) -> list[HeldCase]:
        return [one for one in cases if not one.opened_on > last and not (one.closed_on and one.closed_on <= last)]

    mine, yours = held(ours), held(theirs)
    pairs = [(one, other) for one in mine for other in yours if one.reference == other.reference]
    differences: set[object] = {(one.reference, "opened-differs") for one, it in pairs if one.opened_on != it.opened_on}
    differences |= {(one.reference, "route-differs") for one, it in pairs if one.referral_route != it.referral_route}
    differences |= {(one.reference, "area-differs") for one, it in pairs if one.area != it.area}
    both = {one.reference for one, _ in pairs}
    differences |= {(one.reference, "provider-only") for one in mine if one.reference not in both}
    differences |= {(one.reference, "council-only") for one in yours if one.reference not in both}
    return {"provider": len(mine), "council": len(yours), "matched": len(pairs)}, differences


@given(caseloads, caseloads, months)
def test_what_is_found_is_what_a_slow_search_finds(ours, theirs, month):
    held = reconcile(ours, theirs, month)
    counts = counts_in(held, CODES["all"])
    slow, differences = found_slowly(ours, theirs, month)
    assert {name: getattr(counts, name) for name in slow} == slow
    assert {(one.reference, one.kind.value) for one in held.differences} == differences
    assert len(held.differences) == len(differences)


@given(caseloads, caseloads, months)
def test_each_sides_cases_are_matched_or_its_own_only(ours, theirs, month):
    counts = counts_in(reconcile(ours, theirs, month), CODES["all"])
    whole = asdict(counts)
    assert whole["provider"] == whole["matched"] + whole["provider_only"]
    assert whole["council"] == whole["matched"] + whole["council_only"]
    assert counts.difference == whole["provider_only"] - whole["council_only"]


@given(caseloads, caseloads, months)
def test_an_area_has_what_is_in_it_and_the_whole_has_it_all(ours, theirs, month):
    held = reconcile(ours, theirs, month)
    by_area = {area: counts_in(held, codes) for area, codes in CODES.items()}
    own = counts_in(held, {"all"})
    for name in CaseloadCounts.__dataclass_fields__:
        parts = sum(getattr(one, name) for one in (by_area["north"], by_area["south"], own))
        assert getattr(by_area["all"], name) == parts, name
        assert getattr(by_area["north-coast"], name) <= getattr(by_area["north"], name)
    for one in map(asdict, by_area.values()):
        assert one["provider"] == one["matched"] + one["provider_only"]


SWAPPED = {Kind.PROVIDER_ONLY: Kind.COUNCIL_ONLY, Kind.COUNCIL_ONLY: Kind.PROVIDER_ONLY}


def swapped(differences: Iterable[CaseDifference]) -> set[tuple[object, ...]]:
    return {
        (one.reference, SWAPPED.get(one.kind, one.kind), one.council_says, one.provider_says) for one in differences
    }


@given(caseloads, caseloads, months)
def test_swapping_the_sides_swaps_what_is_found(ours, theirs, month):
    there, back = reconcile(ours, theirs, month), reconcile(theirs, ours, month)
    assert swapped(there.differences) == {
        (one.reference, one.kind, one.provider_says, one.council_says) for one in back.differences
    }
    assert {case.reference for case in there.matched} == {case.reference for case in back.matched}
    assert (there.provider, there.council) == (back.council, back.provider)


@given(caseloads, months, st.randoms(use_true_random=False))
def test_equal_caseloads_do_not_differ_in_whatever_order_they_come(cases, month, random):
    again = random.sample(cases, len(cases))
    held = reconcile(cases, again, month)
    assert held.differences == ()
    assert len(held.matched) == len(held.provider) == len(held.council)


@given(caseloads, caseloads, months, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_decides_nothing(ours, theirs, month, random):
    mixed = reconcile(random.sample(ours, len(ours)), random.sample(theirs, len(theirs)), month)
    held = reconcile(ours, theirs, month)
    assert (mixed.matched, mixed.differences) == (held.matched, held.differences)


@given(caseloads, caseloads, months)
def test_a_case_that_is_open_on_neither_side_is_in_nothing(ours, theirs, month):
    held = reconcile(ours, theirs, month)
    named = {one.reference for one in held.differences} | {one.reference for one in held.matched}
    assert named == {case.reference for case in [*ours, *theirs] if is_open_at(case, month)}


@pytest.mark.parametrize(
    ("opened", "closed", "is_open"),
    [
        ("2019-08-31", None, True),
        ("2019-09-01", None, False),
        ("2019-08-31", "2019-08-31", False),
        ("2019-07-01", "2019-08-31", False),
        ("2019-07-01", "2019-09-01", True),
        ("2019-07-01", "2019-07-31", False),
    ],
)
def test_a_case_is_open_from_its_first_day_until_the_day_it_closed(opened, closed, is_open):
    case = HeldCase("EH-1", "all", "SPA", date.fromisoformat(opened), closed and date.fromisoformat(closed))
    assert is_open_at(case, AUGUST) is is_open


@given(months)
def test_the_last_day_of_any_month_decides(month):
    last = month_end(month)
    assert is_open_at(HeldCase("EH-1", "all", "SPA", last), month)
    assert not is_open_at(HeldCase("EH-1", "all", "SPA", last + timedelta(days=1)), month)
    assert not is_open_at(HeldCase("EH-1", "all", "SPA", last, last), month)
    assert is_open_at(HeldCase("EH-1", "all", "SPA", last, last + timedelta(days=1)), month)


def test_a_difference_says_what_each_side_says():
    ours = HeldCase("EH-1", "north", "SPA", date(2019, 7, 1))
    theirs = HeldCase("EH-1", "south", "Direct", date(2019, 7, 2))
    assert [(one.kind, one.area, one.provider_says, one.council_says) for one in differing(ours, theirs)] == [
        (Kind.AREA_DIFFERS, "north", "north", "south"),
        (Kind.OPENED_DIFFERS, "north", "2019-07-01", "2019-07-02"),
        (Kind.ROUTE_DIFFERS, "north", "SPA", "Direct"),
    ]


def differing(ours: HeldCase, theirs: HeldCase) -> tuple[CaseDifference, ...]:
    """The differences between two tellings of one case."""
    return reconcile([ours], [theirs], AUGUST).differences


def test_a_side_that_is_not_known_leaves_no_difference():
    assert CaseloadCounts(provider=191).difference is None
    assert CaseloadCounts(council=197).difference is None
    assert CaseloadCounts(provider=0, council=0).difference == 0
