"""What people fill in about a decision: its parts, that it was taken or withdrawn, who discussed it, what it led to."""

from collections.abc import Iterable
from typing import Any

from django import forms

from contracts.actions.decisions import LONGEST_BODY, LONGEST_OUTCOME, PARTS, longest_of
from contracts.forms.as_seen import SeenField
from contracts.forms.days import DayField
from contracts.forms.texts import ReasonField, text_area
from contracts.models import Agreement, Notice
from cypmhs_portal.decisions.fields import line, long_text

STAYS = "It stays on the record. Do not name a child."


class DecisionForm(forms.Form):
    """A record of decision in the parts of the council's own form."""

    number = line("Decision number", longest_of("number"), "As it will be published, like 19/00076.")
    subject = line("Subject", longest_of("subject"))
    taker = line(
        "Decision to be taken by",
        longest_of("taker"),
        "The office, like Cabinet Member for Integrated Children’s Services.",
    )
    restriction = line(
        "Restrictions on publication",
        longest_of("restriction"),
        "Unrestricted, or what is not published.",
        required=False,
    )
    key_because = line(
        "Why it is a key decision",
        longest_of("key_because"),
        "Like: expenditure over £1m. Leave it empty if it is not a key decision.",
        required=False,
    )
    decision = long_text("Proposed decision", "What the cabinet member is asked to agree.", 6, required=True)
    reasons = long_text("Reasons for the decision", rows=6)
    equality_implications = long_text("Equality implications")
    financial_implications = long_text("Financial implications")
    legal_implications = long_text("Legal implications")
    alternatives_rejected = long_text("Alternatives considered and rejected")
    interests_declared = long_text("Interests declared and dispensations granted", rows=2)
    source = line("Source", longest_of("source"), "The paper it is taken from, if there is one.", required=False)
    seen = SeenField()

    @property
    def parts(self) -> dict[str, str]:
        """What was filled in of each part."""
        return {name: self.cleaned_data[name] for name in PARTS}


class TakenForm(forms.Form):
    """That the decision was taken."""

    on = DayField(of="the decision", label="Day on which it was taken")


class WithdrawnForm(forms.Form):
    """Why a proposed decision is withdrawn."""

    reason = ReasonField(
        label="Why it is withdrawn",
        help_text=STAYS,
        max_length=2000,
        widget=text_area(3),
        error_messages={"required": "Say why it is withdrawn"},
    )


class DiscussionForm(forms.Form):
    """A meeting that discussed the decision, or is going to."""

    body = line("Committee or board", LONGEST_BODY)
    held_on = DayField(of="the meeting", label="Day of the meeting")
    outcome = long_text("What it recommended", "If it has met. " + STAYS, 3, max_length=LONGEST_OUTCOME)


class LedToForm(forms.Form):
    """A notice that the decision led to."""

    notice = forms.ModelChoiceField(
        label="Notice",
        queryset=Notice.objects.none(),
        empty_label="Choose a notice",
        error_messages={"required": "Choose a notice", "invalid_choice": "Choose one of the notices of the list"},
    )

    def __init__(self, *fields: Any, agreement: Agreement, besides: Iterable[int] = (), **more: Any) -> None:
        super().__init__(*fields, **more)
        field = self.fields["notice"]
        assert isinstance(field, forms.ModelChoiceField)
        notices = agreement.notices.select_related("kind").exclude(pk__in=tuple(besides))
        field.queryset = notices.order_by("-asked_at", "-pk")

    @property
    def has_choices(self) -> bool:
        """Whether there is a notice to choose."""
        field = self.fields["notice"]
        assert isinstance(field, forms.ModelChoiceField)
        return field.queryset is not None and field.queryset.exists()
