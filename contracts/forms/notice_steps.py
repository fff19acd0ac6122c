"""What people fill in to serve, decline or move a notice, and to say something about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contracts.forms.days import DayField
from contracts.forms.texts import ReasonField, text_area
from contracts.levers.ladder import NoticeStage

LONGEST_TEXT = 5000
STAYS = "It stays on the record of the notice, where both sides read it. Do not name a child."


class ServiceForm(forms.Form):
    """The day on which a notice is served."""

    on = DayField(
        label="Day of service",
        help_text="The day on which the provider gets it. It does not count. For example, 8 10 2019.",
        error_messages={"required": "Give the day of service"},
    )
    to = forms.ChoiceField(
        label="What service asks for",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what service asks for"},
    )

    def __init__(self, *fields: Any, stages: Sequence[NoticeStage], names: Mapping[str, str], **more: Any) -> None:
        """For a kind of notice that begins with one of `stages`; more than one are chosen from."""
        super().__init__(*fields, **more)
        self.stages = stages
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [(stage.value, names[stage]) for stage in stages]
        if len(stages) <= 1:
            del self.fields["to"]

    @property
    def first_stage(self) -> NoticeStage | None:
        """The stage that service leads to, of a form that was looked over; None for a kind that has none."""
        if "to" in self.fields:
            return NoticeStage(self.cleaned_data["to"])
        return self.stages[0] if self.stages else None


class DeclineForm(forms.Form):
    """Why what was asked for is not served."""

    reason = ReasonField(
        label="Why you decline",
        help_text="Those who asked read it. Do not name a child.",
        max_length=LONGEST_TEXT,
        widget=text_area(4),
        error_messages={"required": "Say why you decline"},
    )


class TakeBackForm(forms.Form):
    """That a request is taken back; there is nothing to fill in."""


class MoveForm(forms.Form):
    """The day on which a step happened, and why where that must be said."""

    on = DayField(
        label="The day it happened",
        help_text="Clocks count from the day after. For example, 17 10 2019.",
        error_messages={"required": "Give the day it happened"},
    )
    reason = ReasonField(
        label="What was found, and why",
        help_text=STAYS,
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(4),
        error_messages={"required": "Say what was found, and why"},
    )

    def __init__(self, *fields: Any, needs_reason: bool, **more: Any) -> None:
        super().__init__(*fields, **more)
        self.fields["reason"].required = needs_reason
        if not needs_reason:
            self.fields["reason"].label = "What to put on the record (optional)"


class AcknowledgementForm(forms.Form):
    """That the provider has the notice, with a word or without."""

    text = ReasonField(
        label="What you say to it (optional)",
        help_text=STAYS,
        required=False,
        max_length=LONGEST_TEXT,
        widget=text_area(3),
    )


class RecordForm(forms.Form):
    """Something for the record of the notice."""

    text = ReasonField(
        label="Add to the record",
        help_text=STAYS,
        max_length=LONGEST_TEXT,
        widget=text_area(4),
        error_messages={"required": "Write what you want to add to the record"},
    )

    def clean_text(self) -> str:
        """Refuse what was begun for who asks for a lever, and says no reason yet."""
        text = str(self.cleaned_data["text"])
        if text.endswith(", because"):
            raise ValidationError("Say why you ask for it: the sentence ends with “because”")
        return text
