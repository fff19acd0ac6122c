"""The two caseloads of a month as each side holds them: the provider's case list, and the council's own cases."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from contracts.formatting import month_name
from contracts.models import Agreement
from contracts.periods import add_months
from performance.as_known import accepted_versions
from performance.case_list_pathways import CountedPathway, keys_of
from performance.models import CouncilCase, Line, ListedCase, Version
from performance.reconciliation import HeldCase

OF_A_CASE = ("reference", "area__code", "referral_route", "opened_on", "closed_on")


@dataclass(frozen=True, slots=True)
class ProviderSide:
    """Whose list the provider's cases of a month stand in; without one `reason` says why they are not known."""

    version: Version | None
    reason: str = ""


def provider_sides(
    agreement: Agreement, months: Sequence[date], pathways: Iterable[CountedPathway], at: datetime | None
) -> dict[date, ProviderSide]:
    """The provider's side of each month: the list of the version that is in force at `at` (None: now).

    A return that reports nobody on these pathways, or is nil, needs no list: its side is known, and has no cases.
    """
    accepted = Version.objects.filter(
        accepted_versions(at), of_return__agreement=agreement, of_return__month__in=months
    ).select_related("of_return", "case_list")
    versions = {version.of_return.month: version for version in accepted}
    without = [version.pk for version in versions.values() if not _has_list(version)]
    empty = _that_report_nobody(without, [one.measure for one in pathways])
    return {month: _side(month, versions.get(month), empty) for month in months}


def provider_cases(version: Version, pathways: Iterable[CountedPathway]) -> Iterator[HeldCase]:
    """The cases open at the month's end that the version's list names on these pathways; none without a list."""
    listed = ListedCase.objects.filter(case_list__version=version, pathway__in=keys_of(pathways))
    return _held(listed, version.of_return.month)


def council_cases(agreement: Agreement, pathways: Iterable[CountedPathway], month: date) -> Iterator[HeldCase]:
    """The cases open at the month's end that the council's system holds on these pathways; deleted ones apart."""
    told = CouncilCase.objects.filter(agreement=agreement, is_deleted=False, pathway__in=keys_of(pathways))
    return _held(told, month)


def _held(cases: "QuerySet[ListedCase] | QuerySet[CouncilCase]", month: date) -> Iterator[HeldCase]:
    after = add_months(month, 1)
    is_open = Q(opened_on__lt=after) & (Q(closed_on__isnull=True) | Q(closed_on__gte=after))
    rows: Any = cases.filter(is_open).order_by("reference").values_list(*OF_A_CASE)
    return (HeldCase(*row) for row in rows)


def _has_list(version: Version) -> bool:
    return hasattr(version, "case_list")


def _that_report_nobody(versions: Sequence[int], measures: Sequence[int]) -> frozenset[int]:
    """Those of the versions whose lines of the measures are all 0; one that does not report them is none."""
    if not versions:
        return frozenset()
    lines = Line.objects.filter(version__in=versions, measure__in=measures).values_list("version_id", "value")
    values: Mapping[int, list[Any]] = {version: [] for version in versions}
    for version, value in lines:
        values[version].append(value)
    return frozenset(one for one, held in values.items() if held and all(value == 0 for value in held))


def _side(month: date, version: Version | None, empty: frozenset[int]) -> ProviderSide:
    if version is None:
        return ProviderSide(
            None,
            f"No return for {month_name(month)} is accepted; the provider’s cases are known once one is accepted "
            "that came with its case list.",
        )
    if _has_list(version) or version.pk in empty:
        return ProviderSide(version)
    return ProviderSide(
        None,
        f"Version {version.number} of the return for {month_name(month)} came without a case list; the provider’s "
        "cases are known once a corrected version is accepted that brings one.",
    )
