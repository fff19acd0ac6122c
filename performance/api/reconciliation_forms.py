"""A reconciled month and a difference as the API tells them, with an example of each."""

from typing import Any

from rest_framework import serializers

from contracts.api.asked import AskedOfList, MomentField
from contracts.api.fields import CodeOf, MonthWritten
from contracts.api.filters import CodeField
from contracts.api.months import AskedOfMonths
from performance.reconciliation import Kind
from performance.told_disputes import STATES

AUGUST = {
    "month": "2019-08",
    "area": "kent",
    "provider": 191,
    "council": 197,
    "matched": 183,
    "provider_only": 8,
    "council_only": 14,
    "opened_differs": 6,
    "route_differs": 0,
    "area_differs": 0,
    "difference": -6,
    "state": "disputed",
    "resolved": 12,
    "unresolved": 16,
    "disputed": True,
    "agreed_figure": None,
    "reason": "",
    "version": 1,
    "run": 7,
    "known_from": "2019-09-18T10:42:00+01:00",
    "known_until": None,
}
OPENED = {
    "case_ref": "EH-2018-10092",
    "kind": "opened-differs",
    "area": "east-kent",
    "provider_says": "2018-11-05",
    "council_says": "2018-11-12",
    "is_resolved": False,
    "known_from": "2019-09-18T10:42:00+01:00",
    "known_until": None,
}
SIDE = "Cases open at the month’s end; null where this side is not known."


def as_at() -> MomentField:
    """The moment to look back to, as a list is asked for it."""
    return MomentField(
        required=False,
        default=None,
        help_text="As known at the end of a day, 2019-09-30, or at a moment, 2019-09-30T09:30. Now if left out.",
    )


class AskedOfReconciliations(AskedOfMonths):
    """Which months and which area, as known at a moment."""

    area = CodeField("Only of the area with this code; kent is the whole of Kent.")
    as_at = as_at()


class AskedOfDifferences(AskedOfList):
    """Which differences, as known at a moment."""

    area = CodeField("Only those of the area with this code: the provider’s, where it holds the case.")
    kind = serializers.ChoiceField(
        [kind.value for kind in Kind], required=False, default=None, help_text="Only of this kind."
    )
    as_at = as_at()


class ReconciliationForm(serializers.Serializer[Any]):
    """The provider's caseload of a month held against the council's, in one area."""

    month = MonthWritten()
    area = CodeOf()
    provider = serializers.IntegerField(allow_null=True, help_text=SIDE)
    council = serializers.IntegerField(allow_null=True, help_text=SIDE)
    matched = serializers.IntegerField(allow_null=True, help_text="Cases that both sides hold, by the provider’s area.")
    provider_only = serializers.IntegerField(allow_null=True)
    council_only = serializers.IntegerField(allow_null=True)
    opened_differs = serializers.IntegerField(allow_null=True, help_text="Matched, with different opening days.")
    route_differs = serializers.IntegerField(allow_null=True, help_text="Matched, with different referral routes.")
    area_differs = serializers.IntegerField(allow_null=True, help_text="Matched, and held in different areas.")
    difference = serializers.IntegerField(allow_null=True, help_text="The provider’s cases less the council’s.")
    state = serializers.ChoiceField(
        list(STATES.values()),
        source="dispute.state",
        help_text="`agrees`: no differences. `disputed`: a difference is left that both sides have not signed. "
        "`explained`: both have signed all of them. `not-available`: a side is not known.",
    )
    resolved = serializers.IntegerField(
        source="dispute.resolved", allow_null=True, help_text="Differences whose explanation both sides signed."
    )
    unresolved = serializers.IntegerField(
        source="dispute.unresolved", allow_null=True, help_text="Differences that are left."
    )
    disputed = serializers.BooleanField(source="dispute.disputed", help_text="A difference is left.")
    agreed_figure = serializers.IntegerField(
        source="dispute.agreed_figure",
        allow_null=True,
        help_text="The children that both sides signed for, once nothing is left; of the whole area alone.",
    )
    reason = serializers.CharField(allow_blank=True, help_text="Why a side is not known.")
    version = serializers.IntegerField(
        source="version.number", allow_null=True, help_text="Of the return whose case list it was."
    )
    run = serializers.IntegerField(
        source="run_id", allow_null=True, help_text="The newest batch when it was worked out."
    )
    known_from = serializers.DateTimeField(help_text="Since when the portal has said so.")
    known_until = serializers.DateTimeField(allow_null=True, help_text="When it was replaced; null while it holds.")


class DifferenceForm(serializers.Serializer[Any]):
    """One way in which a case is not held alike."""

    case_ref = serializers.CharField(source="reference")
    kind = serializers.ChoiceField([kind.value for kind in Kind])
    area = CodeOf()
    provider_says = serializers.CharField(allow_blank=True, help_text="The day it opened, the route or the area.")
    council_says = serializers.CharField(allow_blank=True)
    is_resolved = serializers.BooleanField(help_text="Both sides have signed what it is.")
    known_from = serializers.DateTimeField()
    known_until = serializers.DateTimeField(allow_null=True)
