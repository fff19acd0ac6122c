"""A figure as the API tells it: the number exactly, what it came from, and how long it was known."""

from typing import Any

from rest_framework import serializers

from contracts.api.fields import ExactNumber
from performance.disputed_figures import FigureDisputes
from performance.models import Figure
from performance.queries import Waiting, as_record, rests_on_small_counts
from performance.told_disputes import beside
from performance.verdicts import Verdict

WITHHELD = "It rests on small counts, which are not given out."
NOTHING: dict[str, Any] = {
    "value": None,
    "numerator": None,
    "denominator": None,
    "verdict": Verdict.NOT_AVAILABLE.value,
    "reason": WITHHELD,
    "sources": [],
}
AUGUST = {
    "indicator": "early-help-caseload",
    "element": "ehu",
    "area": "kent",
    "month": "2019-08",
    "value": "191",
    "numerator": "191",
    "denominator": None,
    "unit": "children",
    "target": "300",
    "floor": "240",
    "target_is_illustrative": False,
    "floor_is_illustrative": True,
    "verdict": "red",
    "reason": "",
    "is_withheld": False,
    "disputed": True,
    "agreed_figure": None,
    "known_from": "2019-09-18T10:42:00+01:00",
    "known_until": None,
    "definition_in_force_from": "2017-09-01",
    "definition_in_force_before": None,
    "waits_for_recompute": False,
    "sources": [
        {
            "version": 1,
            "month": "2019-08",
            "sheet": "Activity",
            "cell": "F2",
            "label": "Caseload at month end",
            "value": "191",
        }
    ],
}


class SourceForm(serializers.Serializer[Any]):
    """A cell of a return, or another source, that a figure was worked out from."""

    version = serializers.IntegerField(allow_null=True, help_text="Number of the version of the return.")
    month = serializers.CharField(allow_null=True)
    sheet = serializers.CharField(allow_null=True)
    cell = serializers.CharField(allow_null=True)
    label = serializers.CharField(  # type: ignore[assignment]  # a member of the answer, not of the form
        allow_null=True
    )
    value = serializers.CharField(allow_null=True)


class FigureForm(serializers.Serializer[Any]):
    """A figure."""

    indicator = serializers.CharField()
    element = serializers.CharField(allow_null=True, help_text="Null for the whole service.")
    area = serializers.CharField()
    month = serializers.CharField(help_text="As in 2019-08.")
    value = ExactNumber(allow_null=True, help_text="In `unit`, unrounded; null where there is none: `reason` says why.")
    numerator = ExactNumber(allow_null=True)
    denominator = ExactNumber(allow_null=True, help_text="Null where nothing is divided.")
    unit = serializers.CharField(help_text="Of value, target and floor; “percent” for a share.")
    target = ExactNumber(allow_null=True, help_text="As in force in the month.")
    floor = ExactNumber(allow_null=True)
    target_is_illustrative = serializers.BooleanField(help_text="The target is in no published paper.")
    floor_is_illustrative = serializers.BooleanField(help_text="The floor is in no published paper.")
    verdict = serializers.ChoiceField([verdict.value for verdict in Verdict])
    reason = serializers.CharField(allow_blank=True, help_text="Why there is no value.")
    is_withheld = serializers.BooleanField(help_text="It rests on small counts and is not given out.")
    disputed = serializers.BooleanField(
        help_text="It shows the caseload of a month of which the two sides’ cases differ, and not every difference is "
        "explained and signed by both."
    )
    agreed_figure = serializers.IntegerField(
        allow_null=True, help_text="The children that both sides signed for instead, once every difference is signed."
    )
    known_from = serializers.DateTimeField(help_text="Since when the portal showed this figure.")
    known_until = serializers.DateTimeField(allow_null=True, help_text="When another replaced it; null while it holds.")
    definition_in_force_from = serializers.DateField(allow_null=True, help_text="First day of the formula it is by.")
    definition_in_force_before = serializers.DateField(allow_null=True)
    waits_for_recompute = serializers.BooleanField(help_text="It is about to be worked out again.")
    sources = SourceForm(many=True, help_text="The cells it was worked out from.")


def told(figure: Figure, waiting: Waiting, disputes: FigureDisputes) -> dict[str, Any]:
    """A figure as `FigureForm` writes it; without any number or verdict where it rests on small counts."""
    definition, is_withheld = figure.definition, rests_on_small_counts(figure)
    record = (
        as_record(figure, waiting)
        | beside(figure, disputes)
        | {
            "target_is_illustrative": figure.target_is_illustrative,
            "floor_is_illustrative": figure.floor_is_illustrative,
            "is_withheld": is_withheld,
            "known_from": figure.known_from,
            "known_until": figure.known_until,
            "definition_in_force_from": definition and definition.in_force_from,
            "definition_in_force_before": definition and definition.in_force_until,
        }
    )
    return record | NOTHING if is_withheld else record
