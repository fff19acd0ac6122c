"""Which caseloads an agreement has named case by case: the pathways that its case lists count, month by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contracts.models import Agreement
from performance.form import Days, months_asked

DAYS = ("in_force_from", "in_force_until", "element__in_force_from", "element__in_force_until")


@dataclass(frozen=True, slots=True)
class CountedPathway:
    """A pathway by its key and code, the measure that counts it, and the months that it is asked for in."""

    key: int
    code: str
    measure: int
    first_month: date
    end_month: date | None

    def is_asked_in(self, month: date) -> bool:
        """Whether a case list of `month` names the cases of the pathway."""
        return self.first_month <= month and (self.end_month is None or month < self.end_month)


@dataclass(frozen=True, slots=True)
class CountedPathways:
    """Every pathway that case lists of an agreement count at some time."""

    every: tuple[CountedPathway, ...]

    def asked_in(self, month: date) -> tuple[CountedPathway, ...]:
        """Those that a list of `month` names the cases of."""
        return tuple(one for one in self.every if one.is_asked_in(month))


def counted_pathways(agreement: Agreement) -> CountedPathways:
    """The pathways whose caseload the agreement's measures have a case list count."""
    measures = agreement.measures.filter(is_counted_by_case_list=True, pathway__isnull=False)
    rows = measures.order_by("position", "pk").values_list("pathway_id", "pathway__code", "pk", *DAYS)
    return CountedPathways(tuple(_counted(*row) for row in rows))


def _counted(key: int, code: str, measure: int, *days: date | None) -> CountedPathway:
    own: Days = (days[0], days[1])
    first, end = months_asked(own, (days[2], days[3]))
    return CountedPathway(key, code, measure, first, end)


def keys_of(pathways: Iterable[CountedPathway]) -> frozenset[int]:
    """The keys of the pathways."""
    return frozenset(one.key for one in pathways)
