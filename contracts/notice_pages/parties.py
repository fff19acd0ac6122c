"""Who is who about a notice: the parties' short names, and the party that each person acted for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from contracts.levers.turns import Waiting, whose_turn
from contracts.models import Agreement, Membership, PartyRole
from contracts.queries.board_notices import parties_of


@dataclass(frozen=True, slots=True)
class Parties:
    """The two sides by their short names, the organisation of each person by the person's key."""

    coordinator: str
    provider: str
    council: str
    of_people: Mapping[int, str]

    def who(self, name: str, person: int | None) -> str:
        """A person with their organisation: "Helen Marsh, West Kent CCG"."""
        organisation = self.of_people.get(person or 0, "")
        return f"{name}, {organisation}" if organisation else name

    def whose_turn(self, waiting: Waiting) -> str:
        """Who acts next: "West Kent CCG and NELFT"."""
        names = {PartyRole.COORDINATING_COMMISSIONER: self.coordinator, PartyRole.PROVIDER: self.provider}
        return whose_turn(waiting, {role.value: name for role, name in names.items()})


def who_is_who(agreement: Agreement, people: Collection[int]) -> Parties:
    """The parties to `agreement`, and for which of them each of `people` acts."""
    names = parties_of([agreement]).get(agreement.pk, {})
    held = Membership.objects.filter(user__in=people, organisation__parties__agreement=agreement)
    return Parties(
        coordinator=names.get(PartyRole.COORDINATING_COMMISSIONER, "The coordinating commissioner"),
        provider=names.get(PartyRole.PROVIDER, "The provider"),
        council=names.get(PartyRole.COUNCIL, "The council"),
        of_people=dict(held.order_by("-pk").values_list("user_id", "organisation__short_name")),
    )
