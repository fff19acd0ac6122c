"""The months that an agreement requires a return for, and how each stands against the day it is due."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import clock
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.fields import MonthWritten
from contracts.api.months import AskedOfMonths, is_asked_for
from contracts.api.pages import page_of_list
from contracts.api.reader import reader_for
from contracts.api.view import OfAnAgreement
from contracts.models import Scope
from performance.lateness import ReturnState
from performance.return_pages.calendar import month_rows

AUGUST = {
    "month": "2019-08",
    "due_on": "2019-09-13",
    "state": "Accepted",
    "first_signed_off_on": "2019-09-12",
    "operational_days_late": 0,
    "in_words": "",
}
# Named in the API's document, where a version has states of its own.
STATES = [state.value for state in ReturnState]


class ObligationForm(serializers.Serializer[Any]):
    """A month that a return is required for."""

    month = MonthWritten()
    due_on = serializers.DateField()
    state = serializers.ChoiceField(STATES)
    first_signed_off_on = serializers.DateField(
        source="first_signed_on",
        allow_null=True,
        help_text="The day a version was first signed off that was not withdrawn; null where none was.",
    )
    operational_days_late = serializers.IntegerField(
        source="days_late", allow_null=True, help_text="0 in time; null where the day has not come. Whole days."
    )
    in_words = serializers.CharField(source="note", allow_blank=True, help_text="How early or late, as pages say it.")


class Obligations(OfAnAgreement):
    """The returns that an agreement required so far."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfMonths

    @extend_schema(
        summary="Returns required so far",
        description="Each month that has begun and asks for a return, the newest first: when the return is due, when "
        "it first came, and how late that was in Operational Days. The rules are those of the page of returns.",
        responses=a_page_of(ObligationForm),
        examples=a_page_with(AUGUST),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """The newest first."""
        asked, on = self.asked, clock.today()
        rows = month_rows(reader_for(self.caller, self.agreement), on=on)
        required = [r for r in rows if r.is_required and r.month <= on and is_asked_for(r.month, asked)]
        return self.page(page_of_list(required, cursor=asked["cursor"], limit=asked["limit"]), ObligationForm)
