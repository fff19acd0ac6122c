"""The indicators of the agreement, their formulas and targets. `*` stands for a threshold no paper publishes."""

from decimal import Decimal

from contracts.models import Agreement, Indicator, Polarity, Purpose, Target, Unit
from cypmhs_portal.demo.agreement import START
from performance.indicators import Aggregation, Part
from performance.models import Definition, Term

MONTH_END, MONTH_TOTAL = Aggregation.MONTH_END, Aggregation.MONTH_TOTAL
ROLLING, RATE, YEAR = Aggregation.ROLLING_12, Aggregation.ANNUAL_RATE, Aggregation.YEAR
CHILDREN, CONTACTS, REFERRALS, PERCENT, POUNDS = (
    Unit.CHILDREN,
    Unit.CONTACTS,
    Unit.REFERRALS,
    Unit.PERCENT,
    Unit.POUNDS,
)
HIGHER, LOWER, CLOSEST, NEITHER = Polarity.HIGHER, Polarity.LOWER, Polarity.CLOSEST, Polarity.NONE

# code, name, element, unit, polarity, aggregation, by area, source
INDICATORS = [
    ("early-help-caseload", "Early Help caseload", "ehu", CHILDREN, HIGHER, MONTH_END, True, "003 §3.2; 004 §2.6"),
    ("early-help-consultations", "Early Help consultations", "ehu", CONTACTS, HIGHER, MONTH_TOTAL, True, "003 §3.2"),
    ("early-help-liaisons", "Early Help liaisons", "ehu", CONTACTS, HIGHER, MONTH_TOTAL, True, "003 §3.2"),
    (
        "early-help-spa-share",
        "Early Help referrals through the SPA",
        "ehu",
        PERCENT,
        HIGHER,
        MONTH_TOTAL,
        True,
        "003 §3.4",
    ),
    ("early-help-goals-met", "Early Help cases closed with goals met", "ehu", PERCENT, HIGHER, ROLLING, True, ""),
    (
        "early-help-stepped-up",
        "Early Help cases stepped up to a specialist pathway",
        "ehu",
        PERCENT,
        LOWER,
        ROLLING,
        True,
        "004 §1.11",
    ),
    ("early-help-in-post", "Early Help staff in post", "ehu", PERCENT, HIGHER, MONTH_END, True, "001 §5.3; 004 §2.7"),
    ("khnes-in-post", "KHNES staff in post", "khnes", PERCENT, HIGHER, MONTH_END, True, "004 §2.8"),
    ("khnes-pupils", "KHNES pupils supported", "khnes", CHILDREN, HIGHER, MONTH_TOTAL, True, ""),
    (
        "lac-in-standard",
        "LAC priority assessments completed within standard",
        "lac",
        PERCENT,
        HIGHER,
        MONTH_TOTAL,
        True,
        "004 §2.4",
    ),
    (
        "hsb-caseload",
        "Harmful Sexual Behaviour / Post Sexual Abuse caseload",
        "hsb",
        CHILDREN,
        NEITHER,
        MONTH_END,
        True,
        "004 §2.5",
    ),
    ("total-caseload", "Whole service caseload", "", CHILDREN, NEITHER, MONTH_END, True, "004 §2.3"),
    (
        "neurodevelopmental-share",
        "Neurodevelopmental share of caseload",
        "",
        PERCENT,
        NEITHER,
        MONTH_END,
        True,
        "004 §2.3",
    ),
    ("early-help-caseload-share", "Early Help share of caseload", "ehu", PERCENT, NEITHER, MONTH_END, True, "004 §2.7"),
    ("lac-caseload-share", "LAC share of caseload", "lac", PERCENT, NEITHER, MONTH_END, True, ""),
    ("vacancy-rate", "Vacancy rate", "", PERCENT, LOWER, MONTH_END, True, "004 §1.10"),
    ("waiting-assessment", "Waiting for assessment", "", CHILDREN, LOWER, MONTH_END, True, ""),
    ("waiting-treatment", "Waiting for treatment", "", CHILDREN, LOWER, MONTH_END, True, ""),
    ("referrals-received", "Referrals received", "", REFERRALS, NEITHER, MONTH_TOTAL, True, ""),
    ("staff-in-post", "Staff in post", "*", PERCENT, HIGHER, MONTH_END, True, "004 §2.8"),
    ("element-caseload-share", "Share of caseload", "*", PERCENT, NEITHER, MONTH_END, True, "004 §2.7"),
    ("access-rate", "Access to treatment", "", PERCENT, HIGHER, YEAR, False, "004 §2.1; §2.2"),
    ("spend-share-of-contract", "Share of contract value", "*", PERCENT, NEITHER, RATE, False, "003 §1.4; 004 §2.7"),
    ("spend-share-of-council", "Share of KCC funding", "*", PERCENT, NEITHER, RATE, False, "004 §1.8"),
    ("funded-not-spent", "Funded and not spent", "*", POUNDS, LOWER, MONTH_TOTAL, False, "003 §4.1"),
    ("cost-per-case", "Cost per case held", "*", POUNDS, LOWER, MONTH_TOTAL, False, "004 §2.7"),
    ("returns-on-time", "Returns on time", "", PERCENT, HIGHER, ROLLING, False, "003 §4.2"),
    ("returns-right-first-time", "Returns accepted first time", "", PERCENT, HIGHER, ROLLING, False, "003 §4.2"),
    (
        "council-caseload-difference",
        "Reported less council-recorded Early Help caseload",
        "ehu",
        CHILDREN,
        CLOSEST,
        MONTH_END,
        True,
        "003 §3.1",
    ),
]
NOTES = {
    "element-caseload-share": "Children may be counted in several pathways.",
    "lac-caseload-share": "The children may be counted in several pathways.",
    "access-rate": "Children with two contacts, of children estimated to have a diagnosable condition.",
}
PURPOSES = {
    "early-help-caseload": Purpose.HEADLINE,
    "khnes-in-post": Purpose.HEADLINE,
    "lac-in-standard": Purpose.HEADLINE,
    "hsb-caseload": Purpose.HEADLINE,
    "staff-in-post": Purpose.STAFF,
    "element-caseload-share": Purpose.CASELOAD_SHARE,
    "spend-share-of-contract": Purpose.CONTRACT_SHARE,
    "spend-share-of-council": Purpose.COUNCIL_SHARE,
    "funded-not-spent": Purpose.UNSPENT,
    "cost-per-case": Purpose.COST_PER_CASE,
}

# Inputs: source, sheet, element, label, pathway. A leading "-" takes the input away.
ACTIVITY, CASELOAD, WORKFORCE, OPEN_BOOK = "Activity", "Caseload by pathway", "Workforce", "Open book"
Input = tuple[str, ...]
# The element that a figure is worked out for.
OWN = "*"


def activity(element: str, label: str) -> Input:
    """A line of sheet Activity."""
    return ("return", ACTIVITY, element, label)


def staff(element: str, label: str) -> Input:
    """A column of sheet Workforce."""
    return ("return", WORKFORCE, element, label)


WHOLE_CASELOAD: Input = ("return", CASELOAD, "", "")
CLOSED = activity("ehu", "Cases closed")
FORMULAS: dict[str, tuple[list[Input], list[Input]]] = {
    "early-help-caseload": ([activity("ehu", "Caseload at month end")], []),
    "early-help-consultations": ([activity("ehu", "Consultations")], []),
    "early-help-liaisons": ([activity("ehu", "Liaisons")], []),
    "early-help-spa-share": (
        [activity("ehu", "Referrals received through the SPA")],
        [activity("ehu", "Referrals received")],
    ),
    "early-help-goals-met": ([activity("ehu", "Cases closed with goals met")], [CLOSED]),
    "early-help-stepped-up": ([activity("ehu", "Cases stepped up to a specialist pathway")], [CLOSED]),
    "early-help-in-post": ([staff("ehu", "In-post WTE")], [staff("ehu", "Funded WTE")]),
    "khnes-in-post": ([staff("khnes", "In-post WTE")], [staff("khnes", "Funded WTE")]),
    "khnes-pupils": ([activity("khnes", "Pupils supported")], []),
    "lac-in-standard": (
        [activity("lac", "Priority assessments completed within standard")],
        [activity("lac", "Priority assessments due")],
    ),
    "hsb-caseload": ([activity("hsb", "Caseload at month end")], []),
    "total-caseload": ([WHOLE_CASELOAD], []),
    "neurodevelopmental-share": ([("return", CASELOAD, "", "", "neurodevelopmental")], [WHOLE_CASELOAD]),
    "early-help-caseload-share": ([("return", CASELOAD, "", "", "early-help")], [WHOLE_CASELOAD]),
    "lac-caseload-share": ([activity("lac", "Caseload at month end")], [WHOLE_CASELOAD]),
    "vacancy-rate": ([staff("", "Funded WTE"), ("-return", WORKFORCE, "", "In-post WTE")], [staff("", "Funded WTE")]),
    "waiting-assessment": ([activity("", "Waiting for assessment at month end")], []),
    "waiting-treatment": ([activity("", "Waiting for treatment at month end")], []),
    "referrals-received": ([activity("", "Referrals received")], []),
    "staff-in-post": ([staff(OWN, "In-post WTE")], [staff(OWN, "Funded WTE")]),
    "element-caseload-share": ([activity(OWN, "Caseload at month end")], [WHOLE_CASELOAD]),
    "access-rate": ([("entered",)], [("entered",)]),
    "spend-share-of-contract": ([("funding of element", "", OWN)], [("funding of contract",)]),
    "spend-share-of-council": ([("funding of element", "", OWN)], [("funding of council",)]),
    "funded-not-spent": ([("instalment", "", OWN), ("-return", OPEN_BOOK, OWN, "")], []),
    "cost-per-case": ([("return", OPEN_BOOK, OWN, "")], [activity(OWN, "Caseload at month end")]),
    "returns-on-time": ([("returns on time",)], [("returns due",)]),
    "returns-right-first-time": ([("returns right first time",)], [("returns accepted",)]),
    "council-caseload-difference": (
        [activity("ehu", "Caseload at month end"), ("-council cases",)],
        [],
    ),
}
# indicator: target, floor, whole area only, target is illustrative, floor is illustrative
TARGETS = {
    "early-help-caseload": ("300", "240", True, False, True),
    "early-help-spa-share": ("100", "90", False, False, True),
    "early-help-goals-met": ("60", "50", False, True, True),
    "early-help-stepped-up": ("15", "25", False, True, True),
    "early-help-in-post": ("100", "80", False, False, True),
    "khnes-in-post": ("100", "80", False, False, True),
    "lac-in-standard": ("90", "80", False, True, True),
    "vacancy-rate": ("10", "20", False, True, True),
    "access-rate": ("35", None, False, False, False),
    "returns-on-time": ("100", "90", False, False, True),
    "returns-right-first-time": ("100", "80", False, False, True),
    "council-caseload-difference": ("0", None, False, False, False),
}


def load_indicators(agreement: Agreement) -> None:
    """Every indicator with its formula and its target from the start of the contract."""
    elements = {element.code: element for element in agreement.elements.all()}
    pathways = {pathway.code: pathway for pathway in agreement.pathways.all()}
    for position, (code, name, element, unit, polarity, aggregation, by_area, source) in enumerate(INDICATORS, 1):
        indicator = Indicator.objects.create(
            agreement=agreement,
            code=code,
            name=name,
            unit=unit,
            polarity=polarity,
            element=elements.get(element),
            purpose=PURPOSES.get(code, ""),
            position=position,
            source=source,
            note=NOTES.get(code, ""),
        )
        definition = Definition.objects.create(
            indicator=indicator,
            aggregation=aggregation,
            for_each_element=element == OWN,
            by_area=by_area,
            in_force_from=START,
        )
        for part, inputs in zip(Part, FORMULAS[code], strict=True):
            for given in inputs:
                _add_term(definition, part, given, elements, pathways)
        _add_target(agreement, indicator)


def _add_term(definition: Definition, part: Part, given: Input, elements: dict, pathways: dict) -> None:  # type: ignore[type-arg]
    source, sheet, element, label, pathway = (*given, "", "", "", "")[:5]
    Term.objects.create(
        definition=definition,
        part=part,
        is_subtracted=source.startswith("-"),
        source=source.removeprefix("-"),
        sheet=sheet,
        element=elements.get(element),
        is_own_element=element == OWN,
        pathway=pathways.get(pathway),
        label=label,
    )


def _add_target(agreement: Agreement, indicator: Indicator) -> None:
    if indicator.code not in TARGETS:
        return
    value, floor, is_whole_only, is_illustrative, floor_is_illustrative = TARGETS[indicator.code]
    Target.objects.create(
        indicator=indicator,
        area=agreement.areas.get(parent=None) if is_whole_only else None,
        value=Decimal(value),
        floor=None if floor is None else Decimal(floor),
        is_illustrative=is_illustrative,
        floor_is_illustrative=floor_is_illustrative,
        in_force_from=START,
        source=indicator.source,
    )
