"""What people fill in about a variation: what it says, what it changes, and the word of who signs."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from django import forms

from contracts.actions.variation_moving import LONGEST_REASON
from contracts.actions.variation_words import LONGEST_NOTICE, LONGEST_REFERENCE, LONGEST_TITLE, mark_of_words, said_by
from contracts.forms.as_seen import SeenField
from contracts.forms.days import DayField
from contracts.forms.texts import ReasonField, text_area
from contracts.models import Agreement, Variation
from contracts.variations.ranges import Term, Values
from contracts.variations.said import VariationSaid
from contracts.variations.subjects import Subject, Thing, as_written

CHANGES, ENDS = "changes", "ends"


class VariationForm(forms.Form):
    """What a draft says."""

    title = ReasonField(
        label="Title",
        on_one_line=True,
        max_length=LONGEST_TITLE,
        error_messages={"required": "Give the variation a title"},
    )
    reason = ReasonField(
        label="Why the terms are to change",
        help_text="It is shown to every party. Do not name a child.",
        max_length=LONGEST_REASON,
        widget=text_area(5),
        error_messages={"required": "Say why the terms are to change"},
    )
    in_force_from = DayField(
        label="First day in force",
        help_text="For example, 1 4 2020.",
        error_messages={"required": "Give the first day in force"},
    )
    decision = forms.ChoiceField(label="Record of decision that it carries out", required=False)
    notice_given_on = DayField(label="Day that notice is given", help_text="Leave it empty for none.", required=False)
    notice_months = forms.IntegerField(
        label="Calendar months of notice",
        required=False,
        min_value=1,
        max_value=LONGEST_NOTICE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": f"Give a whole number of months from 1 to {LONGEST_NOTICE}"},
    )
    notice_reference = ReasonField(
        label="Where the contract has the notice period",
        help_text="Clause and page. Empty: it is shown as to be checked against your contract.",
        on_one_line=True,
        required=False,
        max_length=LONGEST_REFERENCE,
    )
    seen = SeenField()

    def __init__(self, *fields: Any, agreement: Agreement, **more: Any) -> None:
        super().__init__(*fields, **more)
        decisions = agreement.decisions.order_by("pk").values_list("pk", "number", "subject")
        named = [(str(key), f"{number} {subject}") for key, number, subject in decisions]
        self.fields["decision"].choices = [("", "None"), *named]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """The day of the notice and its months come together."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        given, months = data.get("notice_given_on"), data.get("notice_months")
        if given and not months and "notice_months" not in self.errors:
            self.add_error("notice_months", "Give the months of notice")
        if months and not given and "notice_given_on" not in self.errors:
            self.add_error("notice_given_on", "Give the day that notice is given")
        return data

    @property
    def said(self) -> VariationSaid:
        """What was filled in."""
        data = self.cleaned_data
        return VariationSaid(
            title=data["title"],
            reason=data["reason"],
            in_force_from=data["in_force_from"],
            decision=int(data["decision"]) if data["decision"] else None,
            notice_given_on=data["notice_given_on"],
            notice_months=data["notice_months"],
            notice_reference=data["notice_reference"],
        )


def initial_of(variation: Variation) -> dict[str, Any]:
    """What a draft says, as its form begins with it."""
    return asdict(said_by(variation)) | {"seen": mark_of_words(variation)}


class PartForm(forms.Form):
    """The new term of one thing, or that the old one ends."""

    seen = SeenField()

    def __init__(
        self, data: Mapping[str, Any] | None, *, subject: Subject, thing: Thing, held: Term | None, seen: str = ""
    ) -> None:
        super().__init__(data, initial={**(held.values if held else {}), "seen": seen})
        self.fields |= subject.fields(thing)
        self.says = tuple(subject.fields(thing))
        self.find_faults = partial(subject.faults, thing)
        self.choice = subject.can_end and subject.can_begin and held is not None
        self.only_ends = not subject.can_begin
        if self.choice:
            self.order_fields(self._ask())
        if self.data.get("what") == ENDS or self.only_ends:
            for name in self.says:
                self.fields[name].required = False

    def _ask(self) -> list[str]:
        self.fields["what"] = forms.ChoiceField(
            label="What happens to it",
            choices=[(CHANGES, "It gets the new term below"), (ENDS, "It ends, and nothing takes its place")],
            initial=CHANGES,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose what happens to it"},
        )
        return ["what"]

    def clean(self) -> dict[str, Any]:
        """Say of fields that do not suit each other what is wrong."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.values is not None:
            for name, fault in self.find_faults(self.values).items():
                self.add_error(name, fault)
        return cleaned

    @property
    def values(self) -> Values | None:
        """The new term as JSON holds it; None where the old one ends."""
        if self.only_ends or self.cleaned_data.get("what") == ENDS:
            return None
        return {name: as_written(self.cleaned_data[name]) for name in self.says}


class ProposalForm(forms.Form):
    """The proposer's word, which is the first signature."""

    declaration = forms.BooleanField(
        label="I have looked at what it changes and moves, and I sign it for my organisation",
        error_messages={"required": "Tick the declaration to propose the variation"},
    )
    seen = SeenField()


class SignatureForm(forms.Form):
    """The word of somebody who signs for a party."""

    declaration = forms.BooleanField(
        label="I have looked at what it changes and moves, and I sign it for my organisation",
        error_messages={"required": "Tick the declaration to sign the variation"},
    )


class DeclineForm(forms.Form):
    """Why a party does not sign."""

    reason = ReasonField(
        label="Why you do not sign it",
        max_length=LONGEST_REASON,
        widget=text_area(3),
        error_messages={"required": "Say why you do not sign it"},
    )


class WithdrawalForm(forms.Form):
    """Why one's own side takes it back."""

    reason = ReasonField(
        label="Why you withdraw it",
        max_length=LONGEST_REASON,
        widget=text_area(3),
        error_messages={"required": "Say why you withdraw it"},
    )
