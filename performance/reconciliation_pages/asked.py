"""Which of a month's cases an address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from contracts.models import Agreement
from performance.dispute_rules import Status
from performance.disputes import differences_known
from performance.models import Difference
from performance.reconciliation import Kind


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cases an address asks for; empty is all."""

    kind: str = ""
    area: str = ""
    status: str = ""

    @property
    def is_any(self) -> bool:
        """Whether some are left out."""
        return bool(self.kind or self.area or self.status)


def asked_for(values: Mapping[str, str]) -> Asked:
    """The cases that an address asks for; what is no kind or status counts as all."""
    kind, status = values.get("kind", ""), values.get("state", "")
    return Asked(
        kind=kind if kind in {one.value for one in Kind} else "",
        area=values.get("area", ""),
        status=status if status in set(Status) else "",
    )


def cases_asked_for(agreement: Agreement, month: date, asked: Asked, at: datetime | None) -> QuerySet[Difference]:
    """The differences asked for, in the order of their references."""
    found = differences_known(agreement, [month], at).select_related("area")
    chosen = {"kind": asked.kind, "area__code": asked.area, "status": asked.status}
    return found.filter(**{name: value for name, value in chosen.items() if value}).order_by("reference", "kind", "pk")
