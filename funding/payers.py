"""Whose money a funding line is."""

from contracts.models import Agreement, PartyRole
from funding.models import FundingLine


def council_of(agreement: Agreement) -> frozenset[int]:
    """The keys of the organisations that are councils in `agreement`."""
    parties = agreement.parties.filter(role=PartyRole.COUNCIL)
    return frozenset(parties.values_list("organisation_id", flat=True))


def is_council_money(line: FundingLine, council: frozenset[int]) -> bool:
    """Money that a council pays for a named element (004 §1.8), not what others pay for the same or for the rest."""
    return line.element_id is not None and line.funder_id in council
