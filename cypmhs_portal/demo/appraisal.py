"""The options appraisal behind decision 19/00076: the four options of 000 and 004 §6.

004 names option 3 as the recommended one and lists it, with the others in 000; its Appendix 1 with criteria and
scores was not published, so weights and scores here are made up, and marked so. The criteria follow the objectives of
004 §5.2. What option 3 leaves funded is published (000); the others follow from what they say.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from contracts.models import (
    Agreement,
    AppraisedOption,
    Criterion,
    OptionFunding,
    OptionsAppraisal,
    OptionScore,
    RecordOfDecision,
)

TITLE = "Options for KCC’s investment in the children and young people’s mental health contract"

# name, what it means, weight
CRITERIA = (
    ("Right help at the right time", "Children are directed to the right intervention in time (004 §5.2).", 30),
    ("Early help outside the clinic", "Responsive interventions outside a traditional clinical offer (004 §5.2).", 20),
    ("Less demand for specialist care", "Needs are met before they escalate; parents are offered more (004 §5.2).", 20),
    ("Oversight of KCC’s money", "KCC sees how its funding is used and what it brings (000; 003 §4.2).", 20),
    ("Smooth for families", "No gap between services, and clinical care stays together (004 §6.4, §6.9).", 10),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperOption:
    """An option; scores and reasons in the order of the criteria, pounds a year by element."""

    name: str
    description: str
    because: str
    scores: tuple[tuple[str, str], ...]
    funding: dict[str, int]
    is_recommended: bool = False


AS_NOW = {"ehu": 1_200_000, "khnes": 240_000, "lac": 1_000_000, "hsb": 217_000}
OPTIONS = (
    PaperOption(
        "Business as usual",
        "Retain the current service model and continue to work with the NHS to improve the contracting arrangements.",
        "Considered and rejected (000).",
        (
            ("4", "The LAC element meets its standard; Early Help holds 191 of 300."),
            ("2", "The Early Help pathway has been a challenge since the start of the contract."),
            ("2", "Demand for specialist care is a third above what was expected."),
            ("4", "The new monitoring arrangements help; Harmful Sexual Behaviour cannot be reported."),
            ("9", "Nothing changes for families."),
        ),
        AS_NOW,
    ),
    PaperOption(
        "Recommission a new service",
        "Withdraw KCC’s investment in the contract and recommission a new service.",
        "Considered and rejected (000).",
        (
            ("5", "A new model could be shaped, but few providers offer clinical care (004 §4.1)."),
            ("9", "A service for early help alone, with many providers to choose from (004 §4.1)."),
            ("6", "A new offer takes time to take effect."),
            ("10", "The council would be the sole commissioner."),
            ("2", "Clinical care for looked after children would be moved as well."),
        ),
        dict.fromkeys(AS_NOW, 0),
    ),
    PaperOption(
        "Split the investment",
        "Retain the elements that require clinical intervention or oversight, and recommission those that the wider "
        "market and workforce can deliver.",
        "Recommended (004 §6.2): what works stays, and the rest goes where there are providers.",
        (
            ("7", "What meets its standard stays; early help is commissioned anew."),
            ("8", "Many providers offer early help, and existing frameworks can be used (004 §4.1)."),
            ("7", "The parenting offer and targeted work are consolidated (004 §6.4)."),
            ("7", "KCC has clear oversight of the funding of what it retains (000), within the one contract."),
            ("6", "A short gap is possible; an existing partnership bridges it (004 §6.9)."),
        ),
        {"ehu": 0, "khnes": 40_000, "lac": 1_000_000, "hsb": 217_000},
        is_recommended=True,
    ),
    PaperOption(
        "Align KCC’s Early Help workforce",
        "Align the KCC Early Help workforce to the current contract.",
        "Considered and rejected (000).",
        (
            ("5", "Workers closer to the contract, in the same model."),
            ("5", "Early Help workers are no clinical resource (004 §3.3)."),
            ("4", "More hands, without a new offer."),
            ("4", "The money is still held in the one contract."),
            ("7", "Little changes for families."),
        ),
        AS_NOW,
    ),
)


@transaction.atomic
def load_appraisal(agreement: Agreement) -> bool:
    """The appraisal, where there is none yet. Returns whether it was made."""
    decision = RecordOfDecision.objects.get(agreement=agreement, number="19/00076")
    if agreement.appraisals.exists() or decision.is_settled:
        return False
    appraisal = OptionsAppraisal.objects.create(
        agreement=agreement,
        title=TITLE,
        introduction="An options appraisal was completed in collaboration with West Kent CCG (004 §6.1). The papers "
        "name the options and the recommended one; the weights and scores below are illustrative.",
        leads_to=decision,
        is_illustrative=True,
        source="000; 004 §6",
    )
    criteria = _criteria(appraisal)
    for number, option in enumerate(OPTIONS, start=1):
        _option(appraisal, number, option, criteria)
    return True


def _criteria(appraisal: OptionsAppraisal) -> list[Criterion]:
    return [
        Criterion.objects.create(
            appraisal=appraisal, position=position, name=name, description=text, weight=Decimal(weight)
        )
        for position, (name, text, weight) in enumerate(CRITERIA, start=1)
    ]


def _option(appraisal: OptionsAppraisal, number: int, option: PaperOption, criteria: list[Criterion]) -> None:
    made = AppraisedOption.objects.create(
        appraisal=appraisal,
        number=number,
        name=option.name,
        description=option.description,
        because=option.because,
        is_recommended=option.is_recommended,
    )
    for criterion, (score, reason) in zip(criteria, option.scores, strict=True):
        OptionScore.objects.create(option=made, criterion=criterion, score=Decimal(score), reason=reason)
    for element in appraisal.agreement.elements.filter(code__in=option.funding):
        amount = Decimal(option.funding[element.code])
        OptionFunding.objects.create(option=made, element=element, annual_amount=amount)
