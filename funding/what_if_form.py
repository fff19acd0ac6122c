"""What is asked in a what-if: the first month of the change, and an annual amount for each element."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms

from contracts.formatting import month_name
from contracts.models import ServiceElement
from contracts.periods import parse_month
from contracts.pounds_field import PoundsField
from contracts.pounds_written import HOW

FROM = "from"


class AgreedOrOther(PoundsField):
    """An amount as people write it; the one that is `agreed` is always one, however large it is."""

    def __init__(self, *, agreed: Decimal, **more: Any) -> None:
        self.agreed = agreed
        super().__init__(**more)

    def to_python(self, value: Any) -> Any:
        """The amount agreed where that is what stands there, else what was written."""
        written = str(value).strip().removeprefix("£").removesuffix(".00")
        is_agreed = written in (_with_commas(self.agreed), in_an_address(self.agreed))
        return self.agreed if is_agreed else super().to_python(value)


class WhatIfForm(forms.Form):
    """Every field is filled in: what the address does not name is as agreed."""

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        elements: Sequence[ServiceElement],
        agreed: Mapping[str, Decimal],
        months: Sequence[date],
        first: date,
    ) -> None:
        super().__init__({FROM: f"{first:%Y-%m}", **{code: _with_commas(agreed[code]) for code in agreed}, **data})
        self.codes = tuple(element.code for element in elements)
        self.fields[FROM] = forms.ChoiceField(
            label="First month of the change",
            choices=[(f"{month:%Y-%m}", month_name(month)) for month in months],
            error_messages={"invalid_choice": "Choose a month of the agreement"},
        )
        for element in elements:
            self.fields[element.code] = AgreedOrOther(
                agreed=agreed[element.code],
                of=element.name,
                label=f"{element.name} (£ a year)",
                error_messages={"required": f"{element.name}: {HOW[0].lower()}{HOW[1:]}"},
            )

    @property
    def amounts(self) -> dict[str, Decimal]:
        """The amounts asked, by element; only once the form is valid."""
        return {code: cast(Decimal, self.cleaned_data[code]) for code in self.codes}


def first_month_asked(text: str, months: Sequence[date], otherwise: date) -> date:
    """The month that an address names, if it is one of `months`."""
    try:
        month = parse_month(text)
    except ValueError:
        return otherwise
    return month if month in months else otherwise


def in_an_address(amount: Decimal) -> str:
    """The amount as addresses carry it: "40000", "40000.50"."""
    return f"{amount:.2f}".removesuffix(".00")


def _with_commas(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")
