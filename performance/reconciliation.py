"""Two caseloads held against each other at a month's end. Pure (domain.md, "Early Help sync and reconciliation")."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from contracts.periods import month_end


class Side(Enum):
    """Who says something of a difference."""

    PROVIDER = "provider"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        """As pages write it."""
        return f"The {self.value}"


class Kind(Enum):
    """How a case may differ between the two sides."""

    PROVIDER_ONLY = "provider-only"
    COUNCIL_ONLY = "council-only"
    OPENED_DIFFERS = "opened-differs"
    ROUTE_DIFFERS = "route-differs"
    AREA_DIFFERS = "area-differs"

    @property
    def label(self) -> str:
        """As pages write it."""
        return LABELS[self]


LABELS = {
    Kind.PROVIDER_ONLY: "Held by the provider only",
    Kind.COUNCIL_ONLY: "Held by the council only",
    Kind.OPENED_DIFFERS: "Opened on different days",
    Kind.ROUTE_DIFFERS: "Came in by different routes",
    Kind.AREA_DIFFERS: "Held in different areas",
}
# The counts beside the two sides' own, by the names that a file and the API give them.
COUNTS = ("matched", "provider_only", "council_only", "opened_differs", "route_differs", "area_differs")


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case as one side holds it; `area` is a code."""

    reference: str
    area: str
    referral_route: str
    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseDifference:
    """One way in which one case differs; `area` is the provider's where it holds the case."""

    reference: str
    kind: Kind
    area: str
    provider_says: str = ""
    council_says: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Two caseloads of one month, held against each other."""

    provider: tuple[HeldCase, ...]
    council: tuple[HeldCase, ...]
    matched: tuple[HeldCase, ...]
    differences: tuple[CaseDifference, ...]


@dataclass(frozen=True, slots=True)
class CaseloadCounts:
    """How many cases there are in one area, in the order of the files and the API.

    A case that both sides hold counts as matched, and for what differs of it, where the provider holds it; in the
    council's own number it counts where the council does. None where a side is not known, never 0.
    """

    provider: int | None = None
    council: int | None = None
    matched: int | None = None
    provider_only: int | None = None
    council_only: int | None = None
    opened_differs: int | None = None
    route_differs: int | None = None
    area_differs: int | None = None

    @property
    def difference(self) -> int | None:
        """The provider's cases less the council's; None where one of them is not known."""
        return None if self.provider is None or self.council is None else self.provider - self.council


def is_open_at(case: HeldCase, month: date) -> bool:
    """Opened on or before the month's last day, and not closed on or before it."""
    end = month_end(month)
    return case.opened_on <= end and (case.closed_on is None or case.closed_on > end)


def reconcile(provider: Iterable[HeldCase], council: Iterable[HeldCase], month: date) -> Reconciled:
    """Match the cases open at the end of `month` by reference, and name every difference, in the references' order."""
    ours = _open_by_reference(provider, month)
    theirs = _open_by_reference(council, month)
    both = sorted(ours.keys() & theirs.keys())
    found = [
        *(_only(Kind.PROVIDER_ONLY, ours[one]) for one in ours.keys() - theirs.keys()),
        *(_only(Kind.COUNCIL_ONLY, theirs[one]) for one in theirs.keys() - ours.keys()),
        *(difference for one in both for difference in _differing(ours[one], theirs[one])),
    ]
    found.sort(key=lambda difference: (difference.reference, difference.kind.value))
    return Reconciled(tuple(ours.values()), tuple(theirs.values()), tuple(ours[one] for one in both), tuple(found))


def counts_in(held: Reconciled, areas: Collection[str]) -> CaseloadCounts:
    """Count what two known sides come to in an area: `areas` are the codes of it and of every area within it."""
    found = Counter(difference.kind for difference in held.differences if difference.area in areas)
    return CaseloadCounts(
        provider=count_in(held.provider, areas),
        council=count_in(held.council, areas),
        matched=count_in(held.matched, areas),
        **{kind.value.replace("-", "_"): found[kind] for kind in Kind},
    )


def count_in(cases: Iterable[HeldCase], areas: Collection[str]) -> int:
    """How many of the cases are held in one of the areas."""
    return sum(case.area in areas for case in cases)


def _open_by_reference(cases: Iterable[HeldCase], month: date) -> Mapping[str, HeldCase]:
    return {case.reference: case for case in cases if is_open_at(case, month)}


def _only(kind: Kind, case: HeldCase) -> CaseDifference:
    says = f"{case.opened_on:%Y-%m-%d}"
    held_by_provider = kind is Kind.PROVIDER_ONLY
    return CaseDifference(
        case.reference, kind, case.area, says if held_by_provider else "", "" if held_by_provider else says
    )


def _differing(ours: HeldCase, theirs: HeldCase) -> Iterable[CaseDifference]:
    pairs = (
        (Kind.OPENED_DIFFERS, f"{ours.opened_on:%Y-%m-%d}", f"{theirs.opened_on:%Y-%m-%d}"),
        (Kind.ROUTE_DIFFERS, ours.referral_route, theirs.referral_route),
        (Kind.AREA_DIFFERS, ours.area, theirs.area),
    )
    for kind, provider_says, council_says in pairs:
        if provider_says != council_says:
            yield CaseDifference(ours.reference, kind, ours.area, provider_says, council_says)
