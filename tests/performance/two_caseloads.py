"""Rows of two caseloads held against each other, made directly: what the reconciling would have written."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import F, Value
from django.db.models.functions import Greatest

from contracts.access import Standing, standing_of
from contracts.models import Role
from performance.models import Difference, Reconciliation
from performance.reconciliation import Kind
from tests.kent import DEMO_MOMENT, Kent

AUGUST = date(2019, 8, 1)
# How many cases of the sample differ in each way, by area.
SAMPLE = {
    (Kind.PROVIDER_ONLY, "east-kent"): 5,
    (Kind.PROVIDER_ONLY, "west-kent"): 3,
    (Kind.COUNCIL_ONLY, "east-kent"): 9,
    (Kind.COUNCIL_ONLY, "west-kent"): 5,
    (Kind.OPENED_DIFFERS, "east-kent"): 4,
    (Kind.OPENED_DIFFERS, "west-kent"): 2,
}
SAYS = {
    Kind.PROVIDER_ONLY: ("2019-07-04", ""),
    Kind.COUNCIL_ONLY: ("", "2019-07-05"),
    Kind.OPENED_DIFFERS: ("2019-07-04", "2019-07-05"),
    Kind.ROUTE_DIFFERS: ("SPA", "Direct"),
    Kind.AREA_DIFFERS: ("east", "west-kent"),
}
Counted = Mapping[tuple[Kind, str], int]


def held_against_each_other(
    kent: Kent, month: date = AUGUST, counted: Counted = SAMPLE, at: datetime = DEMO_MOMENT
) -> list[Difference]:
    """The month's rows, by area and whole, with a difference for each case counted; what was known before is closed."""
    of_month = {"agreement": kent.agreement, "month": month, "known_until": None}
    # What the portal itself worked out may be known since a later moment: it is closed as soon as it can be.
    closed = Greatest(F("known_from") + timedelta(microseconds=1), Value(at))
    Reconciliation.objects.filter(**of_month).update(known_until=closed)
    Difference.objects.filter(**of_month).update(known_until=closed)
    areas = {area.code: area for area in kent.agreement.areas.all()}
    whole = next(area for area in areas.values() if area.parent_id is None)
    parts = [area.code for area in areas.values() if area.parent_id]
    for code in (*parts, whole.code):
        of = {kind: sum(n for (k, a), n in counted.items() if k is kind and code in (a, whole.code)) for kind in Kind}
        matched = 183 if code == whole.code else 100 if code == parts[0] else 83
        Reconciliation.objects.create(
            agreement=kent.agreement,
            month=month,
            area=areas[code],
            matched=matched,
            provider=matched + of[Kind.PROVIDER_ONLY],
            council=matched + of[Kind.COUNCIL_ONLY],
            known_from=at,
            **{kind.value.replace("-", "_"): number for kind, number in of.items()},
        )
    return differences(kent, month, counted, at)


def differences(kent: Kent, month: date, counted: Counted, at: datetime = DEMO_MOMENT) -> list[Difference]:
    """A difference for each case counted, with references of their own."""
    areas = {area.code: area for area in kent.agreement.areas.all()}
    rows: list[Difference] = []
    for (kind, area), number in counted.items():
        for _ in range(number):
            provider_says, council_says = SAYS[kind]
            rows.append(
                Difference(
                    agreement=kent.agreement,
                    month=month,
                    reference=f"EH-2019-{20001 + len(rows)}",
                    kind=kind.value,
                    area=areas[area],
                    provider_says=provider_says,
                    council_says=council_says,
                    known_from=at,
                )
            )
    return Difference.objects.bulk_create(rows)


def not_available(kent: Kent, month: date, reason: str, at: datetime = DEMO_MOMENT) -> Reconciliation:
    """A month of which a side is missing."""
    whole = kent.agreement.areas.get(parent=None)
    return Reconciliation.objects.create(
        agreement=kent.agreement, month=month, area=whole, provider=191, reason=reason, known_from=at
    )


def standing(kent: Kent, role: Role) -> Standing:
    """What the demo's person of `role` is and may do."""
    return standing_of(kent.people[role], kent.agreement)


def keys(rows: Iterable[Difference]) -> list[int]:
    """Their keys."""
    return [row.pk for row in rows]
