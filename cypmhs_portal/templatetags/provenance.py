"""Figures as links to where they come from."""

from decimal import Decimal

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html

from contracts.formatting import decimal_text, plain, pounds, term
from contracts.formatting import quantity as quantity_of
from contracts.models import Agreement
from performance.form import Sheet
from performance.models import Figure, Line
from performance.return_pages.findings import slug_of

register = template.Library()


@register.simple_tag(takes_context=True)
def figure_url(context: Context, figure: Figure | None, agreement: Agreement) -> str:
    """The address of a figure's provenance, at the moment that the page looks back to; empty without a figure."""
    if figure is None:
        return ""
    element = figure.element.code if figure.element else "whole"
    path = reverse("figure", args=[agreement.reference, figure.indicator.code, element, figure.area.code, figure.month])
    looking = context.get("looking")
    return path + looking.query if looking else path


@register.simple_tag(takes_context=True)
def figure_link(context: Context, figure: Figure | None, agreement: Agreement, text: str = "") -> str:
    """A figure with its unit, leading to its provenance: `{% figure_link row.headline agreement %}`.

    Without a value it says "not available", never nothing and never 0.
    """
    if figure is None:
        return "not available"
    shown = text or quantity_of(figure.value, figure.unit) or "not available"
    return format_html('<a class="quiet-link" href="{}">{}</a>', figure_url(context, figure, agreement), shown)


@register.simple_tag
def line_link(line: Line | None, agreement: Agreement, month: object, text: str) -> str:
    """A number of a return, leading to the sheet of the version that says it."""
    if line is None:
        return "not available"
    url = reverse("version_detail", args=[agreement.reference, month, line.version.number])
    sheet = slug_of(Sheet(line.measure.sheet))
    return format_html('<a class="quiet-link" href="{}?sheet={}#says">{}</a>', url, sheet, text)


@register.filter
def minus(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The difference of two values; None where one is missing."""
    return None if value is None or other is None else value - other


@register.filter
def out_of(figure: Figure | None, unit: str) -> str:
    """Both numbers of a share: "£1,200,000 of £2,657,000", "191 of 13,783 children"."""
    if figure is None or figure.numerator is None or figure.denominator is None:
        return ""
    if unit == "pounds":
        return f"{pounds(figure.numerator)} of {pounds(figure.denominator)}"
    return f"{plain(figure.numerator)} of {plain(figure.denominator)} {unit}"


@register.filter
def of_target(figure: Figure) -> str:
    """ "of a target of 300"; empty without a target."""
    return f"target {term(figure.target, figure.unit)}" if figure.target is not None else ""


@register.filter
def of_wte(figure: Figure) -> str:
    """ "of 13.0 WTE"."""
    return f"of {decimal_text(figure.denominator)} WTE"


@register.filter
def chart_title(figure: Figure) -> str:
    """ "Early Help caseload, Kent (children)"."""
    return f"{figure.indicator.name}, {figure.area.name} ({figure.unit})"


CAUSES = {
    "common_cause": "Common cause",
    "special_cause_improvement": "Special cause: better",
    "special_cause_concern": "Special cause: worse",
    "special_cause_neutral": "Special cause",
    "special_cause_neutral_high": "Special cause: high",
    "special_cause_neutral_low": "Special cause: low",
}


@register.filter
def cause_in_words(point_type: str | None) -> str:
    """A point's kind in words; "not available" for a month without a value."""
    return CAUSES.get(point_type or "", "not available")
