"""Deductions and additions that a certifier enters beside what the portal proposes."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import formset_factory

from contracts.forms.texts import LONGEST_REASON, ReasonField, text_area
from contracts.models import RecordOfDecision, ServiceElement
from contracts.pounds_field import PoundsField
from contracts.pounds_written import HOW
from funding.draft_items import DraftItem
from funding.models.payments import Direction, ItemKind

LONGEST_NOTICE = 60
MOST_ITEMS = 3
# Empty posts and corrections the portal works out: nobody enters them.
KINDS = (ItemKind.NOTICE, ItemKind.DECISION)
# What an item of each kind must name, and how to say that it is missing.
NAMED: dict[str, tuple[str, str]] = {
    ItemKind.NOTICE: ("notice", "Write the notice’s reference"),
    ItemKind.DECISION: ("decision", "Choose the decision that it rests on"),
}


class AddedItemForm(forms.Form):
    """One deduction or addition; left empty, it is none."""

    element = forms.ModelChoiceField(
        ServiceElement.objects.none(),
        label="Element",
        empty_label="Choose an element",
        error_messages={"required": "Choose the element"},
    )
    direction = forms.ChoiceField(
        label="Taken off or added?",
        choices=Direction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is a deduction or an addition"},
    )
    kind = forms.ChoiceField(
        label="What it rests on",
        choices=[("", "Choose a kind"), *((kind.value, kind.label) for kind in KINDS)],
        error_messages={"required": "Choose what it rests on"},
    )
    notice = ReasonField(
        label="Reference of the notice",
        help_text="Only if it rests on a contract notice.",
        required=False,
        on_one_line=True,
        max_length=LONGEST_NOTICE,
    )
    decision = forms.ModelChoiceField(
        RecordOfDecision.objects.none(),
        label="Decision",
        help_text="Only if it rests on a decision.",
        required=False,
        empty_label="No decision",
    )
    amount = PoundsField(
        label="Amount (£)",
        is_above_zero=True,
        help_text="Without a minus: whether it is taken off or added is chosen above.",
        error_messages={"required": HOW},
    )
    reason = ReasonField(
        label="Reason",
        help_text="It stays with the payment. Do not name a child.",
        on_one_line=True,
        max_length=LONGEST_REASON,
        widget=text_area(2),
        error_messages={"required": "Say why it is taken off or added"},
    )

    def __init__(
        self, *fields: Any, elements: Iterable[ServiceElement], decisions: Iterable[RecordOfDecision], **more: Any
    ) -> None:
        super().__init__(*fields, **more)
        _offer(self.fields["element"], ServiceElement.objects.filter(pk__in=[one.pk for one in elements]))
        _offer(self.fields["decision"], RecordOfDecision.objects.filter(pk__in=[one.pk for one in decisions]))

    def clean(self) -> dict[str, Any]:
        """An item of a kind names what it rests on."""
        cleaned = super().clean() or self.cleaned_data
        name, missing = NAMED.get(cleaned.get("kind", ""), ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, missing)
        return cleaned

    def item(self, month: date) -> DraftItem | None:
        """The item for `month`; None for a form that was left empty or is not right."""
        if not self.has_changed() or not self.is_valid():
            return None
        said = self.cleaned_data
        amount: Decimal = said["amount"]
        return DraftItem(
            element=said["element"],
            direction=Direction(said["direction"]),
            kind=ItemKind(said["kind"]),
            amount=amount,
            for_month=month,
            reason=said["reason"],
            decision_id=said["decision"].pk if said["kind"] == ItemKind.DECISION else None,
            notice=said["notice"] if said["kind"] == ItemKind.NOTICE else "",
        )


def _offer(field: forms.Field, rows: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


AddedItems = formset_factory(AddedItemForm, extra=1, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS)
