"""What the agreement asks of each monthly return (workbook format 1), and the rules between its measures."""

from itertools import count, product

from contracts.models import Agreement
from performance.form import RuleKind, Sheet
from performance.models import Measure, MeasureRule

# Element code ("" for the whole service), label, unit.
ACTIVITY = [
    ("ehu", "Caseload at month end", "children"),
    ("ehu", "Consultations", "contacts"),
    ("ehu", "Liaisons", "contacts"),
    ("ehu", "Referrals received", "referrals"),
    ("ehu", "Referrals received through the SPA", "referrals"),
    ("ehu", "Cases closed", "cases"),
    ("ehu", "Cases closed with goals met", "cases"),
    ("ehu", "Cases stepped up to a specialist pathway", "cases"),
    ("khnes", "Pupils supported", "children"),
    ("khnes", "Consultations", "contacts"),
    ("lac", "Priority assessments due", "assessments"),
    ("lac", "Priority assessments completed within standard", "assessments"),
    ("lac", "Caseload at month end", "children"),
    ("hsb", "Caseload at month end", "children"),
    ("hsb", "Referrals received", "referrals"),
    ("hsb", "Cases closed", "cases"),
    ("", "Referrals received", "referrals"),
    ("", "Waiting for assessment at month end", "children"),
    ("", "Waiting for treatment at month end", "children"),
]
STAFFED = ["ehu", "khnes", "lac", "hsb", ""]
STAFF = ["Funded WTE", "In-post WTE", "Temporary WTE"]
SPENDING = ["ehu", "khnes", "lac", "hsb"]
COST_CATEGORIES = ["Pay", "Non-pay", "Overheads"]
CHARACTERISTICS = {
    "Sex": ["Female", "Male", "Not stated"],
    "Age band": ["0 to 4", "5 to 10", "11 to 15", "16 to 17"],
    "Ethnic group": [
        "White",
        "Mixed or multiple",
        "Asian or Asian British",
        "Black, Black British, Caribbean or African",
        "Other ethnic group",
        "Not stated",
    ],
    "Disability": ["Disabled", "Not disabled", "Not stated"],
}
PARTS = [
    ("ehu", "Referrals received through the SPA", "Referrals received"),
    ("ehu", "Cases closed with goals met", "Cases closed"),
    ("ehu", "Cases stepped up to a specialist pathway", "Cases closed"),
    ("lac", "Priority assessments completed within standard", "Priority assessments due"),
]


def load_measures(agreement: Agreement) -> None:
    """Every measure of the return and every rule between two of them."""
    sheets = Sheets(agreement)
    activity = {(e, label): sheets.add(Sheet.ACTIVITY, e, label, unit) for e, label, unit in ACTIVITY}
    _load_caseload(sheets, activity["ehu", "Caseload at month end"])
    for element, label in product(STAFFED, STAFF):
        sheets.add(Sheet.WORKFORCE, element, label, "WTE")
    for element, label in product(SPENDING, COST_CATEGORIES):
        sheets.add(Sheet.OPEN_BOOK, element, label, "pounds", is_required=False)
    _load_equality(sheets, activity["ehu", "Caseload at month end"])
    for element, part, whole in PARTS:
        _rule(RuleKind.PART_OF, activity[element, part], activity[element, whole])


def _load_caseload(sheets: "Sheets", early_help: Measure) -> None:
    """A measure for each pathway; the Early Help pathway holds the same children as the Early Help caseload."""
    for pathway in sheets.agreement.pathways.order_by("position"):
        is_early_help = pathway.code == "early-help"
        measure = sheets.add(
            Sheet.CASELOAD, "", pathway.name, "children", pathway=pathway, is_counted_by_case_list=is_early_help
        )
        if is_early_help:
            _rule(RuleKind.SAME_AS, measure, early_help)


def _load_equality(sheets: "Sheets", caseload: Measure) -> None:
    """The groups of each characteristic, which add up to the caseload."""
    for characteristic, groups in CHARACTERISTICS.items():
        for group in groups:
            measure = sheets.add(Sheet.EQUALITY, "ehu", group, "children", characteristic=characteristic)
            _rule(RuleKind.ADDS_UP_TO, measure, caseload)


class Sheets:
    """Adds measures to an agreement's return, in the order of the workbook."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.elements = {element.code: element for element in agreement.elements.all()}
        self.positions = count(1)

    def add(self, sheet: Sheet, element: str, label: str, unit: str, **more: object) -> Measure:
        """One measure; `element` is its code, "" for the whole service."""
        return Measure.objects.create(
            agreement=self.agreement,
            sheet=sheet,
            element=self.elements.get(element),
            label=label,
            unit=unit,
            position=next(self.positions),
            **more,
        )


def _rule(kind: RuleKind, measure: Measure, against: Measure) -> None:
    MeasureRule.objects.create(kind=kind, measure=measure, against=against)
