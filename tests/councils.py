"""A second council that pays for an element of the Kent agreement, for tests of what two councils share."""

from datetime import date
from decimal import Decimal

from contracts.models import Organisation, Party, PartyRole
from funding.models import FundingLine
from tests.kent import Kent


def medway(kent: Kent, pounds_a_year: str, code: str = "khnes", since: date = date(2018, 4, 1)) -> Organisation:
    """Medway, a party to the agreement, which pays so much a year for the element too."""
    other, _ = Organisation.objects.get_or_create(name="Medway Council", short_name="Medway")
    Party.objects.get_or_create(agreement=kent.agreement, organisation=other, role=PartyRole.COUNCIL)
    FundingLine.objects.create(
        agreement=kent.agreement,
        funder=other,
        element=kent.agreement.elements.get(code=code),
        annual_amount=Decimal(pounds_a_year),
        in_force_from=since,
        source="A paper",
    )
    return other
