"""What people fill in about what is handed over when an element ends."""

from typing import Any

from django import forms

from contracts.actions.handover import LONGEST_TEXT, LONGEST_WHAT
from contracts.forms.days import DayField
from contracts.forms.texts import ReasonField, text_area
from contracts.models import Agreement, Organisation

NO_CHILD = "It stays on the record. Do not name a child."


class HandoverItemForm(forms.Form):
    """One thing to hand over, whose it is, and by when."""

    what = ReasonField(
        label="What is handed over",
        help_text="As the person who is to do it reads it. Do not name a child.",
        on_one_line=True,
        max_length=LONGEST_WHAT,
        error_messages={"required": "Say what is to be handed over"},
    )
    owner = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Whose it is",
        empty_label="Choose an organisation",
        error_messages={"required": "Choose whose it is", "invalid_choice": "Choose a party to this agreement"},
    )
    due_on = DayField(
        label="Due on",
        help_text="For example, 31 3 2020",
        error_messages={"required": "Give the day it is due", "invalid": "Give a day that exists, like 31 3 2020"},
    )

    def __init__(self, *fields: Any, agreement: Agreement, **more: Any) -> None:
        super().__init__(*fields, **more)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = Organisation.objects.filter(parties__agreement=agreement).order_by("name").distinct()


class DoneForm(forms.Form):
    """That an item was handed over: when, and what shows it."""

    on = DayField(
        label="Done on",
        error_messages={"required": "Give the day it was done", "invalid": "Give a day that exists, like 31 3 2020"},
    )
    evidence = ReasonField(
        label="What shows it",
        help_text=NO_CHILD,
        max_length=LONGEST_TEXT,
        widget=text_area(2),
        error_messages={"required": "Say what shows that it was done"},
    )


class ReasonForm(forms.Form):
    """Why an item is not needed, or open again."""

    reason = ReasonField(
        label="Why",
        help_text=NO_CHILD,
        max_length=LONGEST_TEXT,
        widget=text_area(2),
        error_messages={"required": "Say why"},
    )
