"""The chart of who comes first as each weight goes from nothing to double. Results in, a figure out. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

import plotly.graph_objects as go

from contracts.formatting import percent
from cypmhs_portal.decisions.sensitivity import Run, TriedWeight, can_change
from performance.chart_frame import GREY, INK, NAVY, ORANGE, PLUM, TEAL, as_plain

# A fifth option and those after it look alike but for their names, which stand in the bars.
COLOURS = (NAVY, ORANGE, TEAL, PLUM)
TIE = "#b1b4b6"
LEFT, BAR, WIDE_ENOUGH = 8, 84, Decimal(12)


def sensitivity_chart(tried: Sequence[TriedWeight], names: Mapping[int, str]) -> dict[str, Any]:
    """One bar for each criterion, coloured by who comes first, with a mark where its weight is now.

    `names` are the options in their order. Raises ValueError without anything to draw.
    """
    if not can_change(tried):
        raise ValueError("Found no weight that could be changed. Say in words why there is no chart.")
    figure = go.Figure(layout=_layout(tried))
    colours = {option: COLOURS[min(place, len(COLOURS) - 1)] for place, option in enumerate(names)}
    for place, one in enumerate(tried):
        figure.add_traces([_bar(place, run, one, colours) for run in one.runs])
    figure.add_trace(_now(tried))
    return as_plain(figure, {"margin": {"l": LEFT, "r": LEFT, "t": 10, "b": 50}}, _legend(tried, names, colours))


def _legend(tried: Sequence[TriedWeight], names: Mapping[int, str], colours: Mapping[int, str]) -> list[dict[str, str]]:
    """Those who come first anywhere, and a tie where there is one."""
    runs = [run for one in tried for run in one.runs]
    seen = {option for run in runs for option in run.leaders}
    first = [(colours[option], f"{name} comes first") for option, name in names.items() if option in seen]
    ties = [(TIE, "A tie")] if any(len(run.leaders) > 1 for run in runs) else []
    return [{"mark": "square", "colour": colour, "text": text} for colour, text in (*first, *ties)]


def _layout(tried: Sequence[TriedWeight]) -> dict[str, Any]:
    top = max(run.highest for one in tried for run in one.runs)
    return {
        "height": BAR * len(tried) + 70,
        "margin": {"l": LEFT, "r": 30, "t": 10, "b": 50},
        "paper_bgcolor": "#fff",
        "plot_bgcolor": "#fff",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "barmode": "overlay",
        "bargap": 0.6,
        "font": {"family": "arial, sans-serif", "size": 15, "color": INK},
        "xaxis": {"range": [0, float(top)], "fixedrange": True, "ticksuffix": "%", "showgrid": False, "linecolor": INK},
        "yaxis": {
            "range": [len(tried) - 0.5, -0.75],
            "fixedrange": True,
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
        },
        "annotations": [
            {
                "x": 0, "y": place, "yshift": 30, "xanchor": "left", "showarrow": False,
                "text": f"{escape(one.name)}: {percent(one.share)} now",
            }
            for place, one in enumerate(tried)
        ],
    }  # fmt: skip


def _bar(place: int, run: Run, one: TriedWeight, colours: Mapping[int, str]) -> go.Bar:
    length, colour = run.highest - run.lowest, colours[run.leaders[0]] if len(run.leaders) == 1 else TIE
    return go.Bar(
        x=[float(length)],
        y=[place],
        base=[float(run.lowest)],
        orientation="h",
        width=0.34,
        marker={
            "color": colours[run.leaders[0]] if len(run.leaders) == 1 else TIE,
            "line": {"color": "#fff", "width": 1},
        },
        text=[_number(run.first) if length >= WIDE_ENOUGH else ""],
        textposition="inside",
        insidetextanchor="start",
        insidetextfont={"color": INK if colour in (TIE, TEAL) else "#fff"},
        hovertext=[f"{one.name}, from {percent(run.lowest)} to {percent(run.highest)}: {run.first} first"],
        hoverinfo="text",
    )


def _number(name: str) -> str:
    """ "Option 3" of "Option 3 (Split the investment)"."""
    return name.partition(" (")[0]


def _now(tried: Sequence[TriedWeight]) -> go.Scatter:
    return go.Scatter(
        x=[float(one.share) for one in tried],
        y=list(range(len(tried))),
        mode="markers",
        marker={"symbol": "line-ns", "size": 30, "line": {"color": INK, "width": 3}, "color": GREY},
        hovertext=[f"{one.name} counts for {percent(one.share)} now" for one in tried],
        hoverinfo="text",
    )
