"""A line of a return as the API tells it."""

from typing import Any

from rest_framework import serializers

from contracts.api.fields import CodeOf, ExactNumber, exactly
from performance.form import Sheet
from performance.suppression import HIDDEN
from performance.told_lines import ToldLine

EARLY_HELP = {
    "sheet": "Activity",
    "cell": "F2",
    "element": "ehu",
    "pathway": None,
    "characteristic": "",
    "measure": "Caseload at month end",
    "area": "kent",
    "value": "191",
    "shown": "191",
    "unit": "children",
    "is_hidden": False,
    "is_rounded": False,
    "not_reported_because": "",
    "comment": "",
}
BOYS = EARLY_HELP | {
    "sheet": "Equality",
    "cell": "D3",
    "characteristic": "Sex",
    "measure": "Male",
    "value": "100",
    "shown": "100",
    "is_rounded": True,
}


class LineForm(serializers.Serializer[ToldLine]):
    """A line of a return."""

    sheet = serializers.ChoiceField([sheet.value for sheet in Sheet], source="measure.sheet")
    cell = serializers.CharField(help_text="Where it stands on its sheet.")
    element = CodeOf(source="measure.element", allow_null=True, help_text="Null for the whole service.")
    pathway = CodeOf(source="measure.pathway", allow_null=True)
    characteristic = serializers.CharField(source="measure.characteristic", help_text="On Equality.", allow_blank=True)
    measure = serializers.CharField(source="measure.label")
    area = CodeOf()
    value = ExactNumber(allow_null=True, help_text="Null where it was not reported, and where it is hidden.")
    shown = serializers.SerializerMethodField(help_text="As `value`, `*` where it is hidden, empty if not reported.")
    unit = serializers.CharField(source="measure.unit")
    is_hidden = serializers.BooleanField(help_text="A small count, or one that would give a small one away.")
    is_rounded = serializers.BooleanField(help_text="To the nearest 5, as small counts are.")
    not_reported_because = serializers.CharField(allow_blank=True)
    comment = serializers.CharField(allow_blank=True)

    def get_shown(self, line: Any) -> str:
        """The number as text, `*` for one that is hidden."""
        if line.is_hidden:
            return HIDDEN
        return "" if line.value is None else exactly(line.value)
