"""What is filled in to ask for a notice: the kind, what it is about, why, and the figures it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.html import format_html

from contracts.actions.notices import SHOWN_SUBJECT, AskedNotice
from contracts.formatting import month_name
from contracts.forms.texts import text_area
from contracts.models import Agreement, NoticeKind, ServiceElement
from contracts.periods import parse_month
from cypmhs_portal.levers.choices import THE_WHOLE, OfferedFigure, key_from
from performance.anonymous_field import AnonymousField
from performance.quoting import FigureKey

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen, and what is chosen to begin with."""

    agreement: Agreement
    kinds: Sequence[NoticeKind]
    elements: Sequence[ServiceElement]
    months: Sequence[date]
    figures: Sequence[OfferedFigure]
    initial: dict[str, Any] = field(default_factory=dict)


class AskForm(forms.Form):
    """Asking for a notice."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    kind = forms.ChoiceField(
        label="Which notice do you ask for?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which notice you ask for"},
    )
    element = forms.ChoiceField(label="What is it about?", required=False, widget=forms.Select)
    month = forms.ChoiceField(label="Month of the figures", required=False, widget=forms.Select)
    figures = forms.MultipleChoiceField(
        label="Figures it rests on",
        help_text="They are quoted as the portal knows them when you ask, with target, verdict and cell, and again on "
        "the day the notice is served. What was quoted stays, even if a return is corrected later.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the figures listed: there is no other to quote for this"},
    )

    def __init__(self, data: Any = None, *, offered: Offered) -> None:
        super().__init__(data, initial=offered.initial)
        self.offered = offered
        self._offer("kind", [(kind.code, _said(kind)) for kind in offered.kinds])
        self._offer("element", [("", THE_WHOLE), *((one.code, one.name) for one in offered.elements)])
        self._offer("month", [(f"{month:%Y-%m}", month_name(month)) for month in offered.months])
        groups = groupby(offered.figures, key=lambda one: one.group)
        self._offer("figures", [(group, [(one.code, one.name) for one in ones]) for group, ones in groups])
        self.fields["subject"] = AnonymousField(
            agreement=offered.agreement,
            label="Subject",
            help_text="What stands in the notice’s title, such as “Early Help caseload”.",
            max_length=SHOWN_SUBJECT,
            on_one_line=True,
            error_messages={
                "required": "Write what the notice is about",
                "max_length": f"Write the subject in {SHOWN_SUBJECT} characters or fewer",
            },
        )
        self.fields["reason"] = AnonymousField(
            agreement=offered.agreement,
            label="Why you ask for it",
            help_text="It stands in the notice, and the provider reads it once it is served. Name no child "
            "and no case.",
            max_length=LONGEST_REASON,
            widget=text_area(4),
            error_messages={
                "required": "Say why you ask for it",
                "max_length": f"Say why in {LONGEST_REASON:,} characters or fewer",
            },
        )
        self.order_fields(["seen", "kind", "element", "subject", "reason", "month", "figures"])

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        of_field = self.fields[name]
        assert isinstance(of_field, forms.ChoiceField)
        of_field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Figures are of a month."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("figures") and not cleaned.get("month") and "month" not in self.errors:
            self.add_error("month", "Choose the month of the figures")
        return cleaned

    @property
    def asked(self) -> AskedNotice:
        """What a valid form asks for."""
        given = self.cleaned_data
        kind = next(kind for kind in self.offered.kinds if kind.code == given["kind"])
        element = next((one for one in self.offered.elements if one.code == given["element"]), None)
        return AskedNotice(kind, given["subject"], given["reason"], element)

    @property
    def keys(self) -> tuple[FigureKey, ...]:
        """The figures that a valid form chooses, in the order they are offered."""
        chosen = set(self.cleaned_data["figures"])
        if not chosen:
            return ()
        month = parse_month(self.cleaned_data["month"])
        return tuple(key_from(one.code, month) for one in self.offered.figures if one.code in chosen)


def _said(kind: NoticeKind) -> str:
    return format_html("<strong>{}</strong>{}", kind.name, f": {kind.used_when}" if kind.used_when else "")
