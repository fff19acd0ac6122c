"""Whose money a funding line is, and to whom it goes."""

from django.db.models import QuerySet

from contracts.models import Agreement, Organisation, PartyRole, User
from funding.models import FundingLine


def councils_of(agreement: Agreement) -> QuerySet[Organisation]:
    """The organisations that are councils in `agreement`, in the order of their names."""
    return Organisation.objects.filter(parties__agreement=agreement, parties__role=PartyRole.COUNCIL).order_by(
        "name", "pk"
    )


def own_council(agreement: Agreement, person: User) -> Organisation | None:
    """The council of `agreement` that `person` belongs to: whose money they handle."""
    return councils_of(agreement).filter(memberships__user=person).distinct().first()


def handles(agreement: Agreement, payer_id: int, person: User) -> bool:
    """Whether `person` handles the money of the payer, which is a council of `agreement`: only its own people do."""
    return councils_of(agreement).filter(pk=payer_id, memberships__user=person).exists()


def payee_of(agreement: Agreement) -> Organisation | None:
    """Whom a council pays: who holds the contract, the coordinating commissioner; without one, the provider."""
    parties = {
        party.role: party.organisation
        for party in agreement.parties.select_related("organisation").filter(
            role__in=[PartyRole.COORDINATING_COMMISSIONER, PartyRole.PROVIDER]
        )
    }
    return parties.get(PartyRole.COORDINATING_COMMISSIONER) or parties.get(PartyRole.PROVIDER)


def council_of(agreement: Agreement) -> frozenset[int]:
    """The keys of the organisations that are councils in `agreement`."""
    parties = agreement.parties.filter(role=PartyRole.COUNCIL)
    return frozenset(parties.values_list("organisation_id", flat=True))


def is_council_money(line: FundingLine, council: frozenset[int]) -> bool:
    """Money that a council pays for a named element (004 §1.8), not what others pay for the same or for the rest."""
    return line.element_id is not None and line.funder_id in council
