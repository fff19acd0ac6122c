"""A made-up agreement of another kind than Kent's: section 75, three areas, two elements, no shares of anything."""

from datetime import date
from decimal import Decimal

from contracts.models import (
    Agreement,
    Area,
    Indicator,
    Membership,
    Organisation,
    Party,
    PartyRole,
    Polarity,
    Power,
    Purpose,
    ReturnDueDay,
    Role,
    ServiceElement,
    Stage,
    Target,
    Unit,
    User,
)
from funding.models import FundingLine
from performance.form import Sheet
from performance.indicators import Aggregation, Part
from performance.models import Definition, Measure, Term

REFERENCE = "BARSET-S75"
START = date(2019, 5, 1)


def load_barset() -> tuple[Agreement, User]:
    """The agreement, and a commissioner of its council."""
    council = Organisation.objects.create(name="Barset County Council", short_name="Barset", gss_code="E10000099")
    provider = Organisation.objects.create(name="Barset Children’s Trust", short_name="BCT", ods_code="RBC")
    agreement = Agreement.objects.create(
        reference=REFERENCE,
        name="Children’s mentoring and family support",
        short_name="Barset section 75",
        power=Power.S75,
        starts_on=START,
        ends_on=date(2020, 10, 1),
        returns_from=START,
    )
    ReturnDueDay.objects.create(agreement=agreement, operational_day=10, in_force_from=START)
    Party.objects.create(agreement=agreement, organisation=council, role=PartyRole.COUNCIL)
    Party.objects.create(agreement=agreement, organisation=provider, role=PartyRole.PROVIDER)
    whole = Area.objects.create(agreement=agreement, code="barset", name="Barset")
    for position, name in enumerate(("North", "South"), 2):
        Area.objects.create(agreement=agreement, code=name.lower(), name=name, parent=whole, position=position)
    _load_mentoring(agreement, council)
    user = User.objects.create_user("eleanor.harding@barset.example", "a long enough password", name="Eleanor Harding")
    Membership.objects.create(user=user, organisation=council, role=Role.COUNCIL_COMMISSIONER)
    return agreement, user


def _load_mentoring(agreement: Agreement, council: Organisation) -> None:
    """Mentoring has a headline that should be close to 50; family support was paid £0 and has no measure."""
    mentoring, support = (
        ServiceElement.objects.create(
            agreement=agreement,
            code=code,
            name=name,
            short_name=name,
            stage=Stage.EARLY_INTERVENTION,
            in_force_from=START,
            position=position,
        )
        for position, (code, name) in enumerate([("mentoring", "Mentoring"), ("support", "Family support")], 1)
    )
    for element, pounds in ((mentoring, 120_000), (support, 0)):
        FundingLine.objects.create(
            agreement=agreement,
            funder=council,
            element=element,
            annual_amount=Decimal(pounds),
            in_force_from=START,
            source="Schedule 3",
        )
    Measure.objects.create(
        agreement=agreement, sheet=Sheet.ACTIVITY, element=mentoring, label="Children mentored", unit="children"
    )
    indicator = Indicator.objects.create(
        agreement=agreement,
        code="mentored",
        name="Children mentored",
        unit=Unit.CHILDREN,
        polarity=Polarity.CLOSEST,
        element=mentoring,
        purpose=Purpose.HEADLINE,
    )
    Target.objects.create(indicator=indicator, value=50, floor=5, in_force_from=START)
    definition = Definition.objects.create(indicator=indicator, aggregation=Aggregation.MONTH_END, in_force_from=START)
    Term.objects.create(
        definition=definition,
        part=Part.NUMERATOR,
        source="return",
        sheet=Sheet.ACTIVITY,
        element=mentoring,
        label="Children mentored",
    )
