"""The figures of an agreement, as known now or at an earlier moment."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from contracts.api.asked import MomentField
from contracts.api.document import a_page_of
from contracts.api.examples import a_page_with
from contracts.api.filters import CodeField, coded
from contracts.api.months import AskedOfMonths, months_asked_for
from contracts.api.pages import Key, a_day, a_text, page_of
from contracts.api.view import OfAnAgreement
from contracts.models import Agreement, Scope
from performance.api.figure_forms import AUGUST, FigureForm, told
from performance.disputed_figures import figure_disputes
from performance.form import Sheet
from performance.models import Figure
from performance.queries import figures_of, waiting_recomputes
from performance.verdicts import Verdict

# Names that a figure keeps when it is worked out again, so that a list can be read on meanwhile.
IN_ORDER = (Key("month", a_day), Key("indicator__code", a_text), Key("element_code", a_text), Key("area__code", a_text))


class AskedOfFigures(AskedOfMonths):
    """Figures of some months, of one indicator, element or area, with one verdict, as known at a moment."""

    indicator = CodeField("Only of the indicator with this code.")
    element = CodeField("Only of the service element with this code.")
    area = CodeField("Only of the area with this code; kent is the whole of Kent.")
    verdict = serializers.ChoiceField(
        [verdict.value for verdict in Verdict], required=False, default=None, help_text="Only with this verdict."
    )
    as_at = MomentField(
        required=False,
        default=None,
        help_text="As the portal knew them at the end of a day, 2019-09-30, or at a moment, 2019-09-30T09:30. "
        "Now if left out. Reading many pages, name one, so that they fit together.",
    )


class Figures(OfAnAgreement):
    """The figures of an agreement."""

    scope = Scope.FIGURES_READ
    asked_with = AskedOfFigures

    @extend_schema(
        summary="Figures",
        description="What indicators came to, month by month, by month and code: value, target, verdict, and the "
        "cells of the return they were worked out from, and whether the two sides’ caseloads behind it are disputed. A "
        "code that there is none of is refused, not passed over.",
        responses=a_page_of(FigureForm),
        examples=a_page_with(AUGUST),
    )
    def get(self, _request: Request, reference: str) -> Response:
        """By month, then by codes."""
        asked = self.asked
        page = page_of(figures_asked_for(self.agreement, asked), IN_ORDER, cursor=asked["cursor"], limit=asked["limit"])
        waiting = waiting_recomputes(self.agreement, asked["as_at"])
        disputes = figure_disputes(self.agreement, sorted({one.month for one in page.items}), asked["as_at"])
        return self.page(replace(page, items=[told(figure, waiting, disputes) for figure in page.items]), FigureForm)


def figures_asked_for(agreement: Agreement, asked: dict[str, Any]) -> QuerySet[Figure]:
    """The figures that fit what was asked for. Raises a problem for codes of nothing."""
    found = {
        "indicator": coded(agreement.indicators.all(), asked, "indicator"),
        "element": coded(agreement.elements.all(), asked, "element"),
        "area": coded(agreement.areas.all(), asked, "area"),
    }
    rows = figures_of(agreement, asked["as_at"]).select_related("indicator", "element", "area", "definition")
    rows = rows.filter(**months_asked_for(asked), **{name: row for name, row in found.items() if row})
    if asked["verdict"]:
        # What a hidden figure was judged to be is hidden with it.
        rows = rows.filter(verdict=asked["verdict"]).exclude(sources__contains=[{"sheet": Sheet.EQUALITY}])
    return rows.annotate(element_code=Coalesce("element__code", Value("")))
