"""What people fill in once they have found a term in the contract."""

from typing import Any

from django import forms

from contracts.actions.checking_terms import LONGEST_REFERENCE
from contracts.forms.texts import ReasonField
from contracts.queries.lever_terms import LeverTerms, ShownTerm

CHANGED = "Choose one of the terms. One that you saw may have been changed or checked meanwhile: look again."


class CheckedTermForm(forms.Form):
    """Which term was checked, and where the contract has it."""

    term = forms.ChoiceField(
        label="Which term did you find?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the term that you found", "invalid_choice": CHANGED},
    )
    reference = ReasonField(
        label="Where does the contract have it?",
        help_text="Clause and page, for example: General Condition 9.5, page 41.",
        on_one_line=True,
        max_length=LONGEST_REFERENCE,
        error_messages={"required": "Say where the contract has it"},
    )

    def __init__(self, *fields: Any, terms: LeverTerms, **more: Any) -> None:
        super().__init__(*fields, **more)
        self._by_key = {one.key: one for one in terms.unchecked}
        choices: Any = self.fields["term"]
        choices.choices = [(key, one.in_words) for key, one in self._by_key.items()]

    @property
    def chosen(self) -> ShownTerm:
        """The term of a valid form."""
        return self._by_key[self.cleaned_data["term"]]
