"""What people fill in about an annual statement: finance prepares it, the recipient's officer certifies it."""

from decimal import Decimal
from typing import Any

from django import forms

from contracts.formatting import money
from contracts.forms.texts import ReasonField, text_area
from contracts.pounds_field import PoundsField
from funding.actions.statements import Preparation
from funding.statement_page import StatementPage
from funding.statement_shapes import StatementDraft
from funding.statement_sums import ElementSums

LONGEST_EXPLANATION = 1000
EXPLANATION = "explanation-"


class PreparationForm(forms.Form):
    """An explanation for each element whose money paid and spent differ, and the total of the ledger."""

    ledger_total = PoundsField(
        label="Paid in the year, as your ledger shows it",
        help_text="In pounds and pence. It is checked against the payments recorded here, to the penny.",
        error_messages={"required": "Give the total that your ledger shows"},
    )
    why = ReasonField(
        label="Why a new version is needed",
        help_text="It is shown with the statement.",
        max_length=500,
        widget=text_area(2),
        error_messages={"required": "Say why a new version is needed"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *fields: Any, draft: StatementDraft, is_first: bool, **more: Any) -> None:
        super().__init__(*fields, **more)
        explained = {f"{EXPLANATION}{one.element}": _explanation(one) for one in draft.lines if one.needs_explanation}
        self.fields = explained | self.fields
        if is_first:
            del self.fields["why"]

    @property
    def said(self) -> Preparation:
        """What was filled in, once it is valid."""
        held = self.cleaned_data
        return Preparation(
            explanations={
                int(name.removeprefix(EXPLANATION)): text for name, text in held.items() if name.startswith(EXPLANATION)
            },
            ledger_total=held["ledger_total"],
            why=held.get("why", ""),
            seen=held["seen"],
        )


def begun_with(page: StatementPage) -> dict[str, Any]:
    """What the form begins with: the mark of the figures shown, and the explanations of the version before."""
    before = page.versions[0].lines.all() if page.versions else ()
    return {"seen": page.mark, **{f"{EXPLANATION}{line.element_id}": line.explanation for line in before}}


class CertificateForm(forms.Form):
    """The office that the recipient's officer holds, and the tick that certifies."""

    office = ReasonField(
        label="Your office",
        help_text="For example Chief Finance Officer.",
        on_one_line=True,
        max_length=120,
        error_messages={"required": "Say in which office you certify"},
    )
    certified = forms.BooleanField(
        label="I certify this statement as it is worded above",
        error_messages={"required": "Tick the box to certify the statement"},
    )


def _explanation(line: ElementSums) -> ReasonField:
    more = "more" if line.paid > (line.spent or Decimal(0)) else "less"
    return ReasonField(
        label=f"{line.name}: why {money(abs(line.variance or Decimal(0)))} {more} was paid than spent",
        help_text=f"{money(line.paid)} paid, {money(line.spent)} spent.",
        max_length=LONGEST_EXPLANATION,
        widget=text_area(3),
        error_messages={"required": f"Explain the difference for {line.name}"},
    )
