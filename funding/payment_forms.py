"""What people fill in about a payment that was certified: the statutory test, the approval, the ledger's word."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contracts.forms.texts import LONGEST_REASON, ReasonField, text_area
from contracts.models import ServiceElement
from funding.actions.steps import REFERENCE, use_of
from funding.models import Payment

LONGEST_GROUNDS = 2000
LONGEST_REFERENCE = 40
YES, NO = "yes", "no"


class StatutoryTestForm(forms.Form):
    """The answer for each element of a payment, and the grounds. Neither answer is chosen beforehand."""

    grounds = ReasonField(
        label="Reasons and evidence",
        help_text="What shows it, for each element: figures, reviews, what the council’s own services would cost. "
        "It stays with the payment. Do not name a child.",
        max_length=LONGEST_GROUNDS,
        widget=text_area(5),
        error_messages={"required": "Give your reasons and evidence"},
    )

    def __init__(self, *fields: Any, elements: Sequence[ServiceElement], **more: Any) -> None:
        super().__init__(*fields, **more)
        self.elements = elements
        answers = {
            f"element-{element.pk}": forms.ChoiceField(
                label=element.short_name,
                choices=[(YES, f"Yes, for {element.short_name}"), (NO, f"No, for {element.short_name}")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose Yes or No for {element.short_name}"},
            )
            for element in elements
        }
        self.fields = answers | self.fields

    def rows(self) -> list[forms.BoundField]:
        """The questions, element by element."""
        return [self[f"element-{element.pk}"] for element in self.elements]

    @property
    def answers(self) -> dict[int, bool]:
        """Whether the test is met, by the element's key."""
        return {element.pk: self.cleaned_data[f"element-{element.pk}"] == YES for element in self.elements}


class ApprovalForm(forms.Form):
    """A second person's word for what another certified."""

    declaration = forms.BooleanField(
        label="I have checked the amounts and what they rest on",
        error_messages={"required": "Tick the declaration to approve the payment"},
    )


class SendingForm(forms.Form):
    """That the payment went to the ledger; there is nothing to fill in."""


class PaidForm(forms.Form):
    """The ledger's own reference of a payment that was made."""

    reference = ReasonField(
        label="Reference in the ledger",
        on_one_line=True,
        help_text="As the ledger has it, like KCC-000123: letters, digits, hyphens and slashes. Each is used once.",
        max_length=LONGEST_REFERENCE,
        error_messages={
            "required": "Write the reference that the ledger gave the payment",
            "max_length": f"Write a reference of no more than {LONGEST_REFERENCE} characters",
        },
    )

    def __init__(self, *fields: Any, payment: Payment, **more: Any) -> None:
        super().__init__(*fields, **more)
        self.payment = payment

    def clean_reference(self) -> str:
        """The reference, in the characters that a ledger's references have, and no other payment's."""
        reference = str(self.cleaned_data["reference"])
        if not REFERENCE.fullmatch(reference):
            raise ValidationError(
                "Write the reference with letters, digits, hyphens and slashes alone, like KCC-000123"
            )
        if whose := use_of(self.payment, reference):
            raise ValidationError(whose)
        return reference


class CancellationForm(forms.Form):
    """Why a payment that has not been paid is stopped."""

    reason = ReasonField(
        label="Why you cancel it",
        help_text="It stays with the payment. Do not name a child.",
        max_length=LONGEST_REASON,
        widget=text_area(3),
        error_messages={"required": "Say why you cancel it"},
    )


class ReversalForm(forms.Form):
    """Why a payment that was made is taken back."""

    reason = ReasonField(
        label="Why you take it back",
        help_text="It stays with both payments. Do not name a child.",
        max_length=LONGEST_REASON,
        widget=text_area(3),
        error_messages={"required": "Say why you take it back"},
    )
