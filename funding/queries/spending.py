"""What the open book says was spent: each cost of the accepted returns, and each element's month."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F

from contracts.models import Agreement, PartyRole
from funding.instalments import PENNY
from funding.spent import Spent, spent_of
from performance.as_known import accepted_versions
from performance.form import Sheet
from performance.models import Line, Version

Place = tuple[int, date]
"""An element's key and a month."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of the open book: its kind of cost; `amount` None where it was not reported."""

    category: str
    amount: Decimal | None
    not_reported_because: str


@dataclass(frozen=True, slots=True)
class Spending:
    """The costs of an agreement's accepted open books, and the accepted version of each month's return."""

    provider: str
    held: Mapping[Place, Sequence[Cost]]
    versions: Mapping[date, int]

    def costs(self, element: int, month: date) -> tuple[Cost, ...]:
        """The costs of the element with that key in `month`, in the sheet's order."""
        return tuple(self.held.get((element, month), ()))

    def spent(self, element: int, month: date) -> Spent:
        """What was spent on the element in `month`, or why it is not known."""
        return spent_of(self.costs(element, month), self.versions.get(month), month, self.provider)


def spending(agreement: Agreement, months: Sequence[date], as_at: datetime | None = None) -> Spending:
    """Every cost of the months from the first to the last of `months`, as known at `as_at`. Three queries."""
    first_and_last = (min(months), max(months))
    rows = (
        Line.objects.filter(
            accepted_versions(as_at, of="version__"),
            version__of_return__agreement=agreement,
            version__of_return__month__range=first_and_last,
            measure__sheet=Sheet.OPEN_BOOK,
            measure__element__isnull=False,
        )
        .order_by("measure__position", "measure_id", "pk")
        .values_list(
            "measure__element_id", "version__of_return__month", "measure__label", "value", "not_reported_because"
        )
    )
    held: dict[Place, list[Cost]] = defaultdict(list)
    for element, month, label, value, why in rows:
        held[element, month].append(Cost(label, None if value is None else value.quantize(PENNY), why))
    versions = Version.objects.filter(
        accepted_versions(as_at), of_return__agreement=agreement, of_return__month__range=first_and_last
    ).annotate(month=F("of_return__month"))
    return Spending(_provider_of(agreement), dict(held), dict(versions.values_list("month", "number")))


def _provider_of(agreement: Agreement) -> str:
    """The provider as pages name it."""
    party = agreement.parties.filter(role=PartyRole.PROVIDER).select_related("organisation").first()
    return party.organisation.short_name if party else "The provider"
