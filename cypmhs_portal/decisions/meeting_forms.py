"""What people fill in about a meeting: when and where, why it moves or is cancelled, what was said."""

from typing import Any

from django import forms

from contracts.actions.meetings import LONGEST_PLACE, LONGEST_TITLE, WhenAndWhere
from contracts.forms.days import DayField
from cypmhs_portal.decisions.fields import line, long_text
from cypmhs_portal.decisions.forms import STAYS

TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I%p", "%H"]


class WhenAndWhereForm(forms.Form):
    """The day, the hour and the place of a meeting."""

    on = DayField(of="the meeting", label="Day of the meeting")
    starts_at = forms.TimeField(
        label="Starts at",
        help_text="Like 14:30. Leave it empty if it is not known yet.",
        required=False,
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Give the hour like 14:30"},
    )
    place = line("Place", LONGEST_PLACE, "A room, or by video.", required=False)

    @property
    def meets(self) -> WhenAndWhere:
        """What was filled in."""
        held = self.cleaned_data
        return WhenAndWhere(held["on"], held["starts_at"], held["place"])


class MeetingForm(WhenAndWhereForm):
    """A meeting that is called."""

    title = line("What meeting it is", LONGEST_TITLE, "Like Contract monitoring meeting.")
    field_order = ("title", "on", "starts_at", "place")


class MovedForm(WhenAndWhereForm):
    """Another day, hour or place, and why."""

    reason = long_text("Why it moves", STAYS, 2, required=True)


class CancelledForm(forms.Form):
    """Why a meeting is cancelled."""

    reason = long_text("Why it is cancelled", STAYS, 2, required=True)


class HeldForm(forms.Form):
    """That a meeting was held; there is nothing to fill in."""


class NoteForm(forms.Form):
    """What was said, in short."""

    text = long_text("What was said", "In short. " + STAYS, 6, required=True)


def moved_form(meeting: Any) -> MovedForm:
    """The form to move a meeting, with what it has now."""
    return MovedForm(initial={"on": meeting.meets_on, "starts_at": meeting.starts_at, "place": meeting.place})
