"""The certificate of a month's payment: which proposed items are taken, what is added, and the declaration."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet

from contracts.formatting import money
from contracts.forms.texts import LONGEST_REASON, ReasonField, text_area
from funding.actions.choosing import chosen
from funding.actions.refusals import CannotPay
from funding.added_item_form import MOST_ITEMS, AddedItemForm, AddedItems
from funding.draft_items import DraftItem
from funding.queries.decisions import taken_decisions
from funding.queries.proposal import Proposal

PREFIX = "added"
# Digits of a number of items: more is no number that a page sends.
LONGEST_COUNT = 4
CERTIFY, WORK_OUT, ANOTHER = "certify", "work-out", "another"


class CertificateForm(forms.Form):
    """The proposed items as ticks, the items added, and the certifier's declaration.

    What is certified is the sum that the page showed: where the ticks, the added items or what the portal proposes
    lead to another, the page is shown again with it first.
    """

    left_out_because = ReasonField(
        label="Why you leave out what is not ticked",
        help_text="Only if you take a tick away. It stays with the payment. Do not name a child.",
        required=False,
        max_length=LONGEST_REASON,
        widget=text_area(2),
    )
    declaration = forms.BooleanField(
        label="I have checked these amounts and certify them for payment",
        error_messages={"required": "Tick the declaration to certify the payment"},
    )

    def __init__(
        self, sent: Any = None, *, proposal: Proposal, step: str = CERTIFY, typed: Mapping[str, Any] | None = None
    ) -> None:
        """Of a proposal; `typed` is what a person filled in so far and nobody looks over yet."""
        super().__init__(sent, initial=_ticks_and_reason(proposal, typed))
        self.proposal, self.step = proposal, step
        ticks = {
            tick_of(item): forms.BooleanField(label=item.reason, required=False, initial=True)
            for item in proposal.items
        }
        self.fields = ticks | self.fields
        self.fields["declaration"].required = step == CERTIFY
        offered = {
            "elements": [one.element for one in proposal.instalments],
            "decisions": list(taken_decisions(proposal.agreement)),
        }
        self.added: BaseFormSet[AddedItemForm] = AddedItems(
            sent, prefix=PREFIX, form_kwargs=offered, initial=_added(typed) if typed else None
        )

    def is_valid(self) -> bool:
        """Whether the certificate and each added item are right."""
        is_right = self.added.is_valid() if self.is_bound else True
        return super().is_valid() and is_right

    def clean(self) -> dict[str, Any]:
        """Ask why an item is left out, and hold the sum against the one that the page showed."""
        cleaned = super().clean() or self.cleaned_data
        is_left_out = any(not cleaned.get(tick_of(item)) for item in self.proposal.items)
        if self.step == CERTIFY and self.data.get("proposed") != fingerprint(self.proposal):
            self.add_error(None, "What the portal proposes changed since you opened this page. Look at it again")
        elif is_left_out and not cleaned.get("left_out_because") and "left_out_because" not in self.errors:
            self.add_error("left_out_because", "Say why you leave out what is not ticked")
        elif self.step == CERTIFY and self.data.get("expected_to_pay") != str(self.to_pay):
            said = f"With what you ticked and added, {money(self.to_pay)} is to pay. Check it, and certify it then"
            self.add_error(None, said)
        if not self.errors and all(form.is_valid() for form in self.added):
            self._refuse_what_cannot_be_certified()
        return cleaned

    def _refuse_what_cannot_be_certified(self) -> None:
        """Say it at once where the items cannot be taken, as a deduction above what is due."""
        try:
            chosen(self.proposal, self.items)
        except CannotPay as refusal:
            self.add_error(None, str(refusal))

    @property
    def items(self) -> tuple[DraftItem, ...]:
        """The proposed items that are ticked and those that were added."""
        said = self.data if self.is_bound else self.initial
        ticked = [item for item in self.proposal.items if said.get(tick_of(item), not self.is_bound)]
        added = [form.item(self.proposal.month) for form in self.added] if self.is_bound else []
        return (*ticked, *(item for item in added if item))

    @property
    def to_pay(self) -> Decimal:
        """What is to pay with these items, in pounds."""
        return self.proposal.to_pay_with(self.items)

    def ticks(self) -> list[tuple[DraftItem, forms.BoundField]]:
        """Each proposed item with its tick."""
        return [(item, self[tick_of(item)]) for item in self.proposal.items]


def tick_of(item: DraftItem) -> str:
    """The name of the tick of a proposed item."""
    return f"take-{item.key}"


def fingerprint(proposal: Proposal) -> str:
    """What tells one proposal from another: its instalments and its items with their amounts."""
    said = [f"{one.element.pk} {one.due}" for one in proposal.instalments]
    said += [f"{item.key} {item.change} {item.version_id}" for item in proposal.items]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _ticks_and_reason(proposal: Proposal, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    if typed is None:
        return {}
    ticks = {tick_of(item): bool(typed.get(tick_of(item))) for item in proposal.items}
    return ticks | {"left_out_because": typed.get("left_out_because", "")}


def _added(typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was typed about each added item, in the order of the forms."""
    total = str(typed.get(f"{PREFIX}-TOTAL_FORMS", ""))
    count = min(int(total), MOST_ITEMS) if total.isascii() and total.isdecimal() and len(total) <= LONGEST_COUNT else 0
    return [{name: typed.get(f"{PREFIX}-{n}-{name}", "") for name in AddedItemForm.base_fields} for n in range(count)]
