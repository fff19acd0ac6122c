"""The three decisions about KCC's money in the contract, as their public records state them."""

from datetime import date

from contracts.models import Agreement, DecisionStatus, Discussion, RecordOfDecision

CABINET_COMMITTEE = "Children’s, Young People and Education Cabinet Committee"
SOCIAL_CARE_COMMITTEE = "Children’s Social Care and Health Cabinet Committee"
ADVISORY_BOARD = "Commissioning Advisory Board"

DECISIONS: list[tuple[dict[str, object], list[tuple[str, date]]]] = [
    (
        {
            "number": "16/00052",
            "subject": "Children and young people mental health service",
            "taker": "Cabinet Member for Specialist Children’s Services",
            "restriction": "For publication",
            "key_because": "it affects more than two electoral divisions, and expenditure is over £1m",
            "status": DecisionStatus.TAKEN,
            "decided_on": None,
            "decision": "KCC enters the legal agreements needed to procure the service jointly with West Kent CCG and "
            "the provider, children in care and health needs pupil referral units included, and delegates the "
            "steps to do so.",
            "reasons": "The contract of the time was to end on 31 March 2017. West Kent CCG was to procure a new "
            "service as lead commissioner for the Kent CCGs and KCC.",
            "financial_implications": "About £2.7m a year: £1.29m from Specialist Children’s Services and £1.44m "
            "from Early Help and Preventative Services.",
            "legal_implications": "Agreements between KCC, the CCGs and the provider, West Kent CCG leading.",
            "equality_implications": "Record protected characteristics so that uptake can be monitored; involve "
            "service users in the procurement.",
            "alternatives_rejected": "None considered.",
            "interests_declared": "None.",
            "source": "002",
        },
        [(SOCIAL_CARE_COMMITTEE, date(2016, 7, 5))],
    ),
    (
        {
            "number": "18/00071",
            "subject": "Children and young people’s mental health services, funded by Kent County Council",
            "taker": "Cabinet Member for Integrated Children’s Services",
            "status": DecisionStatus.TAKEN,
            "decided_on": None,
            "decision": "Set up new contract monitoring arrangements, and end the section 76 agreement as it stands.",
            "reasons": "KCC was not satisfied with how the agreement was put into practice. The first part has been "
            "carried out; the second waits for the performance from spring to autumn 2019.",
            "source": "003 §5.4; 000",
        },
        [(CABINET_COMMITTEE, date(2019, 1, 11))],
    ),
    (
        {
            "number": "19/00076",
            "subject": "Children and young people’s mental health services, funded by Kent County Council",
            "taker": "Cabinet Member for Integrated Children’s Services",
            "restriction": "Unrestricted",
            "key_because": "the record says so; it gives no ground",
            "status": DecisionStatus.PROPOSED,
            "decided_on": None,
            "decision": "Finalise changes to the section 76 agreement; give notice to NELFT, through West Kent CCG, on "
            "part of KHNES and all of Early Help; delegate the steps to do so.",
            "reasons": "Demand for specialist care is far above what was expected, and the Early Help elements have "
            "not delivered what was agreed. The clinical elements stay; the others go to the wider market.",
            "financial_implications": "Of £2.65m a year, £1.257m stays in the contract, £1.2m moves to other early "
            "intervention, and £200k for KHNES goes through the DSG High Needs arrangements.",
            "legal_implications": "Children Act 1989 sections 22 and 27; Children Act 2004 section 11.",
            "equality_implications": "An equality impact assessment has been made.",
            "alternatives_rejected": "Business as usual; recommission a new service; align KCC’s Early Help workforce "
            "to the contract.",
            "interests_declared": "None.",
            "source": "000; 004",
        },
        [
            (CABINET_COMMITTEE, date(2018, 11, 29)),
            (CABINET_COMMITTEE, date(2019, 1, 11)),
            (CABINET_COMMITTEE, date(2019, 3, 28)),
            (CABINET_COMMITTEE, date(2019, 6, 28)),
            (ADVISORY_BOARD, date(2019, 10, 18)),
            (CABINET_COMMITTEE, date(2019, 11, 15)),
        ],
    ),
]


# What a meeting recommended, where the papers say.
OUTCOMES = {date(2016, 7, 5): "The committee resolved to endorse the proposed decision."}


def load_decisions(agreement: Agreement) -> None:
    """The records of decision, with the meetings that discussed each."""
    for fields, meetings in DECISIONS:
        record = RecordOfDecision.objects.create(agreement=agreement, **fields)
        Discussion.objects.bulk_create(
            Discussion(decision=record, body=body, held_on=on, outcome=OUTCOMES.get(on, "")) for body, on in meetings
        )
