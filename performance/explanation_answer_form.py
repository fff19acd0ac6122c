"""What one side fills in about the other's explanation."""

from typing import Any

from django import forms

from contracts.forms.texts import text_area
from contracts.models import Agreement
from performance.actions.explanation_refusals import LONGEST_ANSWER
from performance.anonymous_field import AnonymousField
from performance.reconciliation_pages.said import Said

NO_ANSWER = "Choose whether you sign the explanation or send it back"


class ExplanationAnswerForm(forms.Form):
    """The other side's answer. Neither is chosen beforehand."""

    SIGN, SEND_BACK = "sign", "send-back"

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    decision = forms.ChoiceField(
        label="Your answer",
        choices=[(SIGN, "Sign: this is how it is"), (SEND_BACK, "Send it back")],
        widget=forms.RadioSelect,
        error_messages={"required": NO_ANSWER, "invalid_choice": NO_ANSWER},
    )

    def __init__(self, *fields: Any, agreement: Agreement, **more: Any) -> None:
        super().__init__(*fields, **more)
        self.fields["reason"] = AnonymousField(
            agreement=agreement,
            label="Why you send it back",
            help_text="Only if you send it back. Name no child and no case.",
            required=False,
            max_length=LONGEST_ANSWER,
            widget=text_area(2),
        )

    def clean(self) -> dict[str, Any]:
        """Sending back says why."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == self.SEND_BACK and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why you send it back")
        return cleaned


def answer_form_of(said: Said, agreement: Agreement, sent: Any = None) -> ExplanationAnswerForm:
    """The form for the answer to one explanation; its fields are told apart by the explanation's key."""
    return ExplanationAnswerForm(
        sent, agreement=agreement, prefix=f"answer-{said.explanation.pk}", initial={"seen": said.seen}
    )
