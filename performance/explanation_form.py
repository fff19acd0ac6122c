"""What one side fills in to explain differences between two caseloads."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from contracts.formatting import day, whole
from contracts.forms.texts import text_area
from contracts.models import Agreement
from performance.actions.explanation_refusals import LARGEST_FIGURE, LONGEST_EXPLANATION
from performance.anonymous_field import AnonymousField
from performance.dispute_rules import Status
from performance.reconciliation_pages.month import MonthPage

NOT_A_NUMBER = "Write the agreed figure as a whole number, such as 194, or leave it empty"


class ExplanationForm(forms.Form):
    """One side's explanation of some differences: whole groups, and single cases for those who may see them.

    `groups` are the keys of a group's unresolved differences by its code, with its label; `cases` the keys of single
    ones that may be named. `differences` holds what was chosen.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    groups = forms.MultipleChoiceField(
        label="Which differences do you explain?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": "The differences changed after you opened the page. Choose from those of now"
        },
    )
    agreed_figure = forms.IntegerField(
        label="The figure that both sides should take (optional)",
        help_text="Children open at the month’s end. It stands beside the reported figure once the other side has "
        "signed and no difference is left.",
        required=False,
        min_value=0,
        max_value=LARGEST_FIGURE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages={
            "invalid": NOT_A_NUMBER,
            "min_value": NOT_A_NUMBER,
            "max_value": f"The agreed figure must be {LARGEST_FIGURE:,} or less",
        },
    )

    def __init__(
        self,
        *fields: Any,
        agreement: Agreement,
        groups: Sequence[tuple[str, str]],
        members: Mapping[str, Sequence[int]],
        cases: frozenset[int] = frozenset(),
        **more: Any,
    ) -> None:
        super().__init__(*fields, **more)
        self.members, self.cases = members, cases
        self.differences: frozenset[int] = frozenset()
        chosen = self.fields["groups"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = groups
        self.fields["text"] = AnonymousField(
            agreement=agreement,
            label="Why they differ",
            help_text="Everybody in the agreement can read it. Name no child and no case. "
            f"Up to {LONGEST_EXPLANATION:,} characters.",
            max_length=LONGEST_EXPLANATION,
            widget=text_area(4),
            error_messages={
                "required": "Say why they differ",
                "max_length": f"Say why in {LONGEST_EXPLANATION:,} characters or fewer",
            },
        )
        self.order_fields(["seen", "groups", "text", "agreed_figure"])

    @property
    def ticked(self) -> frozenset[str]:
        """The single cases ticked, as they were sent."""
        return frozenset(self.data.getlist("case")) if isinstance(self.data, QueryDict) else frozenset()

    def clean(self) -> dict[str, Any]:
        """Gather the differences of the groups and cases chosen; there must be one."""
        cleaned = super().clean() or self.cleaned_data
        single = {int(key) for key in self.ticked if key.isascii() and key.isdigit() and len(key) < 19}
        # A case that is not there to be named, or no longer, is told as a change; none is left out in silence.
        grouped = {key for group in cleaned.get("groups", ()) for key in self.members[group]}
        self.differences = frozenset(grouped | single)
        if not self.cases and single:
            self.differences = frozenset(grouped)
        if not self.differences and "groups" not in self.errors:
            self.add_error("groups", "Choose which differences you explain")
        return cleaned


def form_of(page: MonthPage, agreement: Agreement, sent: Any = None) -> ExplanationForm:
    """The form for an explanation of what the page shows as unresolved, empty or as it was sent."""
    open_groups = [group for group in page.groups if group.unresolved]
    still = [one for one in page.held if one.status != Status.SIGNED]
    form = ExplanationForm(
        sent,
        agreement=agreement,
        groups=[(group.code, f"{group.kind.label}, {group.area}: {group.unresolved:,}") for group in open_groups],
        members={group.code: [one.key for one in still if one.group == group.code] for group in open_groups},
        cases=frozenset(one.key for one in still) if page.cases else frozenset(),
        initial={"seen": page.seen},
        auto_id="explain_%s",
    )
    signed = page.dispute.signed_figure
    if signed is not None:
        replaces = (
            f"{whole(signed.children)} was signed on {day(signed.signed_at)}; a figure signed after it replaces it."
        )
        form.fields["agreed_figure"].help_text = f"{form.fields['agreed_figure'].help_text} {replaces}"
    return form
