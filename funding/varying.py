"""What this app lets variations change: who pays how much a year for what."""

from django import forms

from contracts.formatting import money, pounds
from contracts.models import Agreement, ServiceElement
from contracts.pounds_field import PoundsField
from contracts.variations.own_subjects import number
from contracts.variations.ranges import Values
from contracts.variations.subjects import Subject, Thing, Words, add_subject, key_of
from funding.models import FundingLine
from funding.payers import councils_of


def add_own_subjects() -> None:
    """Make this app's subjects known."""
    add_subject(FUNDING)


def _things(agreement: Agreement) -> list[Thing]:
    """Each funder's money for each element that it pays for, and each council's for any element."""
    elements = {one.pk: one for one in agreement.elements.order_by("position", "pk")}
    councils = [(one.pk, one.short_name) for one in councils_of(agreement)]
    rows = agreement.funding_lines.select_related("funder").order_by("element__position", "funder__name", "pk")
    paid = [(line.funder_id, line.funder.short_name, line.element_id) for line in rows]
    every = dict.fromkeys([*paid, *((*council, element) for element in elements for council in councils)])
    return [
        Thing(key_of(funder, element), f"{name} for {_called(elements.get(element or 0))}", "pounds")
        for funder, name, element in every
    ]


def _called(element: ServiceElement | None) -> str:
    return element.name if element else "the service outside the named elements"


def _fields(thing: Thing) -> dict[str, forms.Field]:
    return {
        "annual_amount": PoundsField(
            label="New amount a year (£)", error_messages={"required": "Give the new amount a year"}
        )
    }


def _in_words(thing: Thing, values: Values) -> Words:
    amount = number(values["annual_amount"]) or 0
    return (("A year", pounds(amount) if amount == int(amount) else money(amount)),)


FUNDING = Subject(
    code="funding",
    name="Funding",
    model=FundingLine,
    of_agreement="agreement",
    links=("funder_id", "element_id"),
    says=("annual_amount",),
    list_things=_things,
    fields=_fields,
    in_words=_in_words,
)
