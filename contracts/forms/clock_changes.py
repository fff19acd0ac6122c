"""What people fill in to propose an extension or a pause of a clock."""

from typing import Any

from django import forms

from contracts.actions.clock_refusals import LONGEST_EXTENSION
from contracts.actions.clock_refusals import LONGEST_REASON as LONGEST_CLOCK_REASON
from contracts.forms.days import DayField
from contracts.forms.notice_steps import STAYS
from contracts.forms.texts import ReasonField, text_area


def _reason(label: str, missing: str) -> ReasonField:
    return ReasonField(
        label=label,
        help_text=STAYS,
        on_one_line=True,
        max_length=LONGEST_CLOCK_REASON,
        widget=text_area(3),
        error_messages={"required": missing},
    )


class ExtensionForm(forms.Form):
    """How much longer a step may take, and why."""

    extra = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_EXTENSION,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
    )
    reason = _reason("Why it needs longer", "Say why it needs longer")

    def __init__(self, *fields: Any, unit: str, **more: Any) -> None:
        super().__init__(*fields, **more)
        wanted = f"Give a whole number of {unit} from 1 to {LONGEST_EXTENSION}"
        extra = self.fields["extra"]
        extra.label = f"How many more {unit}"
        extra.error_messages |= dict.fromkeys(("required", "invalid"), wanted)
        for validator in extra.validators:
            validator.message = wanted  # type: ignore[attr-defined]  # both are limits


class PauseForm(forms.Form):
    """The days that do not count, and why."""

    first = DayField(label="First day that does not count", error_messages={"required": "Give the first day"})
    until = DayField(label="First day that counts again", error_messages={"required": "Give the day it goes on"})
    reason = _reason("Why it is paused", "Say why it is paused")

    def clean(self) -> dict[str, Any]:
        """A pause ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, until = cleaned.get("first"), cleaned.get("until")
        if first and until and until <= first:
            self.add_error("until", "Give a day after the first day that does not count")
        return cleaned


class ClockAnswerForm(forms.Form):
    """What becomes of a proposal, and why where it is refused."""

    AGREE, REFUSE, TAKE_BACK = "agree", "refuse", "take-back"

    answer = forms.ChoiceField(
        choices=[(AGREE, "Agree"), (REFUSE, "Refuse"), (TAKE_BACK, "Take it back")],
        error_messages={"required": "Choose whether you agree", "invalid_choice": "Choose whether you agree"},
    )
    reason = ReasonField(
        label="Why, if you refuse it (optional)",
        help_text=STAYS,
        on_one_line=True,
        required=False,
        max_length=LONGEST_CLOCK_REASON,
        widget=text_area(2),
    )
