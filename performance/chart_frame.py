"""What all charts share: size, axes by month, and what the page is handed. Imports no Django and no queries.

A page is handed a dict: `data` and `layout` for plotly.js, `narrow` (changes to the layout on a phone, where
labels stand inside) and `legend` (marks and words that the page draws as HTML above the chart).
Numbers become floats here only: they are places on a screen, and every text is written from the exact value.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

NAVY, ORANGE, GREY, INK, RULE = "#12436d", "#c7511a", "#505a5f", "#0b0c0c", "#e8eaeb"
TEAL, PLUM = "#28a197", "#801650"
HEIGHT = 420
PLOT_PIXELS = 330
LABEL_PIXELS = 20
MOST_TICKS = 9
MOST_TICKS_NARROW = 4
HALF_A_MONTH = 15
NARROW_MARGIN = {"l": 48, "r": 10}


def frame(months: Sequence[date], bottom: Decimal, top: Decimal, unit: str) -> dict[str, Any]:
    """The layout: months along the bottom, `unit` up the side from `bottom` to `top`, labels at the right."""
    return {
        "height": HEIGHT,
        "margin": {"l": 76 if unit == "pounds" else 56, "r": 170, "t": 20, "b": 60},
        "paper_bgcolor": "#fff",
        "plot_bgcolor": "#fff",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#fff", "bordercolor": INK, "font": {"size": 15, "color": INK}},
        "font": {"family": "arial, sans-serif", "size": 15, "color": INK},
        "xaxis": {
            **month_ticks(months, MOST_TICKS),
            "type": "date",
            "range": [edge(months[0], -HALF_A_MONTH), edge(months[-1], HALF_A_MONTH)],
            "fixedrange": True,
            "showgrid": False,
            "linecolor": INK,
            "linewidth": 1,
        },
        "yaxis": {
            "range": [float(bottom), float(top)],
            "fixedrange": True,
            "gridcolor": RULE,
            "zeroline": False,
            "nticks": 8,
            "tickformat": ",",
            "tickprefix": "£" if unit == "pounds" else "",
            "ticksuffix": "%" if unit == "percent" else "",
        },
    }


def edge(month: date, days: int) -> str:
    """A place on the axis some days from a month's own."""
    return date.fromordinal(month.toordinal() + days).isoformat()


def month_ticks(months: Sequence[date], most: int) -> dict[str, Any]:
    """At most `most` months, evenly spaced backwards from the last, which always has its name."""
    every = max(1, -(-(len(months) - 1) // (most - 1)))
    shown = sorted(months[::-1][::every])
    return {
        "tickmode": "array",
        "tickvals": [month.isoformat() for month in shown],
        "ticktext": [f"{month:%b}<br>{month:%Y}" for month in shown],
    }


def number(value: Decimal | None) -> float | None:
    """A height on the screen; None stays a gap."""
    return None if value is None else float(value)


def for_the_page(
    figure: go.Figure, months: Sequence[date], narrow: Sequence[dict[str, Any]], legend: list[dict[str, str]]
) -> dict[str, Any]:
    """The finished chart as plain lists and dicts that JSON knows."""
    changes = {
        "annotations": list(narrow),
        "margin": NARROW_MARGIN,
        "xaxis": month_ticks(months, MOST_TICKS_NARROW),
        # £100k in place of £100,000, which would be cut; places without pounds keep their format.
        "yaxis": {"tickformat": "~s" if figure.layout.yaxis.tickprefix else ","},
    }
    return as_plain(figure, changes, legend)


def as_plain(figure: go.Figure, changes: dict[str, Any], legend: list[dict[str, str]]) -> dict[str, Any]:
    """A chart of any kind as plain lists and dicts that JSON knows; `changes` are those for a narrow screen."""
    made = figure.to_plotly_json()
    made["layout"].pop("template", None)
    plain: dict[str, Any] = _plain({"data": made["data"], "layout": made["layout"], "narrow": changes})
    return {**plain, "legend": legend}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items()}
    return [_plain(held) for held in value] if isinstance(value, (list, tuple)) else value
