"""The section 76 agreement between KCC and the Kent CCGs: parties, areas, pathways, elements and money."""

from datetime import date
from decimal import Decimal

from contracts.models import (
    Agreement,
    Area,
    Document,
    Organisation,
    Party,
    PartyRole,
    Pathway,
    Place,
    PlaceKind,
    Power,
    ReturnDueDay,
    ServiceElement,
    Stage,
)
from funding.models import FundingLine

REFERENCE = "KCC-CYPMHS-S76"
START = date(2017, 9, 1)  # KCC decision 18/00071; planned in 2016 for 1 April 2017 (001 §6.6)
END = date(2022, 9, 1)  # five years

DUE_ON = 10  # a return is due on the tenth Operational Day after its month

PARTIES = [
    ("KCC", PartyRole.COUNCIL),
    ("West Kent CCG", PartyRole.COORDINATING_COMMISSIONER),
    ("NELFT", PartyRole.PROVIDER),
    ("Ashford CCG", PartyRole.ASSOCIATE_COMMISSIONER),
    ("Canterbury and Coastal CCG", PartyRole.ASSOCIATE_COMMISSIONER),
    ("South Kent Coast CCG", PartyRole.ASSOCIATE_COMMISSIONER),
    ("Thanet CCG", PartyRole.ASSOCIATE_COMMISSIONER),
    ("DGS CCG", PartyRole.ASSOCIATE_COMMISSIONER),
    ("Swale CCG", PartyRole.ASSOCIATE_COMMISSIONER),
    ("External audit", PartyRole.AUDITOR),
]

# 003 §1.3
PATHWAYS = [
    ("mood-and-anxiety", "Mood and Anxiety"),
    ("behaviour-and-conduct", "Behaviour and Conduct"),
    ("complex", "Complex"),
    ("early-help", "Early Help"),
    ("neurodevelopmental", "Neurodevelopmental and Learning Disability"),
    ("eating-disorder", "All Age Eating Disorder"),
]

# 004 §1.8: code, name, short name, stage, pounds a year
ELEMENTS = [
    ("ehu", "Support to Early Help Units", "Early Help", Stage.EARLY_INTERVENTION, 1_200_000),
    ("khnes", "Kent Health Needs Education Service", "KHNES", Stage.EARLY_INTERVENTION, 240_000),
    ("lac", "LAC Priority Assessment", "LAC Priority Assessment", Stage.CLINICAL, 1_000_000),
    ("hsb", "Harmful Sexual Behaviour / Post Sexual Abuse", "Harmful Sexual Behaviour", Stage.CLINICAL, 217_000),
]
CCG_INVESTMENT = 13_800_000  # 003 §1.4

EAST, WEST = "east-kent", "west-kent"
CCGS = [
    ("09C", "NHS Ashford CCG", EAST),
    ("09E", "NHS Canterbury and Coastal CCG", EAST),
    ("10A", "NHS South Kent Coast CCG", EAST),
    ("10E", "NHS Thanet CCG", EAST),
    ("09J", "NHS Dartford, Gravesham and Swanley CCG", WEST),
    ("10D", "NHS Swale CCG", WEST),
    ("99J", "NHS West Kent CCG", WEST),
]
DISTRICTS = [
    ("E07000105", "Ashford", EAST),
    ("E07000106", "Canterbury", EAST),
    ("E07000107", "Dartford", WEST),
    ("E07000108", "Dover", EAST),
    ("E07000109", "Gravesham", WEST),
    ("E07000110", "Maidstone", WEST),
    ("E07000111", "Sevenoaks", WEST),
    ("E07000112", "Folkestone and Hythe", EAST),
    ("E07000113", "Swale", WEST),
    ("E07000114", "Thanet", EAST),
    ("E07000115", "Tonbridge and Malling", WEST),
    ("E07000116", "Tunbridge Wells", WEST),
]
DOCUMENTS = [
    ("000", "Proposed record of decision 19/00076", None),
    ("001", "Report to the Children’s Social Care and Health Cabinet Committee, July 2016", date(2016, 7, 5)),
    ("002", "Record of decision 16/00052", None),
    ("003", "Report to the Children’s, Young People and Education Cabinet Committee, June 2019", date(2019, 6, 28)),
    ("004", "Report to the Children’s, Young People and Education Cabinet Committee, November 2019", None),
]


def load_agreement(organisations: dict[str, Organisation]) -> Agreement:
    """The agreement with all that belongs to it but measures and indicators."""
    agreement = Agreement.objects.create(
        reference=REFERENCE,
        name="Children and young people’s mental health service: section 76 agreement",
        short_name="CYPMHS section 76",
        power=Power.S76,
        starts_on=START,
        ends_on=END,
        returns_from=date(2018, 4, 1),
        case_reference_pattern="EH-[0-9]{4}-[0-9]{5}",
        note="KCC pays towards the NHS contract that West Kent CCG holds with NELFT. Planned in 2016 to start on "
        "1 April 2017 (001 §6.6).",
    )
    ReturnDueDay.objects.create(agreement=agreement, operational_day=DUE_ON, in_force_from=START)
    Party.objects.bulk_create(
        Party(agreement=agreement, organisation=organisations[short], role=role) for short, role in PARTIES
    )
    Pathway.objects.bulk_create(
        Pathway(agreement=agreement, code=code, name=name, position=position)
        for position, (code, name) in enumerate(PATHWAYS, 1)
    )
    Document.objects.bulk_create(
        Document(agreement=agreement, reference=reference, title=title, published_on=on)
        for reference, title, on in DOCUMENTS
    )
    _load_areas(agreement)
    _load_elements(agreement, organisations)
    return agreement


def _load_areas(agreement: Agreement) -> None:
    kent = Area.objects.create(agreement=agreement, code="kent", name="Kent", position=1)
    areas = {
        code: Area.objects.create(agreement=agreement, code=code, name=name, parent=kent, position=position)
        for position, (code, name) in enumerate([(EAST, "East Kent"), (WEST, "West Kent")], 2)
    }
    kinds = [(PlaceKind.CCG, CCGS), (PlaceKind.DISTRICT, DISTRICTS)]
    Place.objects.bulk_create(
        Place(agreement=agreement, kind=kind, code=code, name=name, area=areas[area])
        for kind, rows in kinds
        for code, name, area in rows
    )


def _load_elements(agreement: Agreement, organisations: dict[str, Organisation]) -> None:
    for position, (code, name, short_name, stage, pounds) in enumerate(ELEMENTS, 1):
        element = ServiceElement.objects.create(
            agreement=agreement,
            code=code,
            name=name,
            short_name=short_name,
            stage=stage,
            in_force_from=START,
            position=position,
        )
        FundingLine.objects.create(
            agreement=agreement,
            funder=organisations["KCC"],
            element=element,
            annual_amount=Decimal(pounds),
            in_force_from=START,
            source="004 §1.8",
        )
    FundingLine.objects.create(
        agreement=agreement,
        funder=organisations["West Kent CCG"],
        annual_amount=Decimal(CCG_INVESTMENT),
        in_force_from=START,
        source="003 §1.4",
        note="Stated in June 2019; taken as in force from the start of the contract.",
    )
