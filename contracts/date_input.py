"""A date in three fields, day, month and year, as the GOV.UK Design System asks for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

PARTS = (
    ("day", "Day", "govuk-input--width-2"),
    ("month", "Month", "govuk-input--width-2"),
    ("year", "Year", "govuk-input--width-4"),
)


class DayMonthYear(forms.Widget):
    """The widget: `forms.DateField(widget=DayMonthYear)`. The field gets "2019-8-5", or what was typed."""

    template_name = "django/forms/widgets/day_month_year.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The three inputs with what they hold; a value that is no date shows again as it was typed."""
        context = super().get_context(name, value, attrs)
        shown = _shown(value)
        context["widget"]["subwidgets"] = [
            {
                "name": f"{name}_{part}",
                "label": label,
                "width": width,
                "value": shown.get(part, ""),
                "attrs": self._part_attributes(context["widget"]["attrs"], name, part),
            }
            for part, label, width in PARTS
        ]
        return context

    def _part_attributes(self, whole: Mapping[str, Any], name: str, part: str) -> dict[str, Any]:
        kept = {key: whole[key] for key in ("aria-invalid", "disabled") if key in whole}
        return {"id": f"{whole.get('id', f'id_{name}')}_{part}", **kept}

    def id_for_label(self, id_: str) -> str:
        """The day, where an error's link leads."""
        return f"{id_}_day" if id_ else id_

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> str | None:
        """The three fields joined as year-month-day; None when all are empty."""
        typed = [str(data.get(f"{name}_{part}", "")).strip() for part in ("year", "month", "day")]
        return "-".join(typed) if any(typed) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Whether the form did not hold these fields at all."""
        return all(f"{name}_{part}" not in data for part, _, _ in PARTS)


def _shown(value: Any) -> dict[str, str]:
    if isinstance(value, date):
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
    year, _, rest = str(value or "").partition("-")
    month, _, day = rest.partition("-")
    return {"year": year, "month": month, "day": day}
