"""What people fill in about an action: what was agreed, that it is done, why it is dropped or open again."""

from typing import Any

from django import forms

from contracts.actions.agreed_actions import LONGEST_PERSON, LONGEST_PLACE, LONGEST_WHAT, WhatWasAgreed
from contracts.forms.days import DayField
from contracts.models import Agreement, Meeting, Organisation
from cypmhs_portal.decisions.fields import line, long_text
from cypmhs_portal.decisions.forms import STAYS


class ActionForm(forms.Form):
    """An action: who does what by when, and where that was agreed."""

    what = long_text("What is to be done", STAYS, 3, required=True, max_length=LONGEST_WHAT)
    owner = forms.ModelChoiceField(
        label="Who does it",
        queryset=Organisation.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose who does it", "invalid_choice": "Choose one of the parties"},
    )
    owner_person = line("Person or post", LONGEST_PERSON, "If one was named.", required=False)
    due_on = DayField(of="the deadline", label="To be done by")
    agreed_at = line(
        "Where it was agreed", LONGEST_PLACE, "The meeting or the paper, like Contract monitoring meeting."
    )
    agreed_on = DayField(of="the agreement", label="Day on which it was agreed")

    def __init__(self, *fields: Any, agreement: Agreement, meeting: Meeting | None = None, **more: Any) -> None:
        super().__init__(*fields, **more)
        self.meeting = meeting
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = Organisation.objects.filter(parties__agreement=agreement).distinct().order_by("short_name")
        if meeting is not None:
            del self.fields["agreed_at"], self.fields["agreed_on"]

    @property
    def agreed(self) -> WhatWasAgreed:
        """What was filled in; where it was agreed at a meeting that the portal knows, that meeting and its day."""
        held = self.cleaned_data
        if self.meeting is not None:
            held = held | {"agreed_at": self.meeting.title, "agreed_on": self.meeting.meets_on}
        return WhatWasAgreed(**held, meeting=self.meeting)


class DoneForm(forms.Form):
    """That an action is done, and what shows it."""

    on = DayField(of="the action", label="Day on which it was done")
    evidence = long_text("What shows it", "A paper, a figure, a page of the portal. " + STAYS, 3, required=True)


class DroppedForm(forms.Form):
    """Why an action is not going to be done."""

    reason = long_text("Why it is dropped", STAYS, 2, required=True)


class OpenAgainForm(forms.Form):
    """Why an action that was recorded as done is not."""

    reason = long_text("Why it is not done", STAYS, 2, required=True)
