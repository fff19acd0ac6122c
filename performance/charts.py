"""Charts of what was delivered: results in, a figure for the page out (see chart_frame). No queries, no Django."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from contracts.formatting import month_name, number_in
from performance.chart_frame import GREY, HALF_A_MONTH, INK, NAVY, ORANGE, edge, for_the_page, frame, number
from performance.chart_labels import beside, inside, latest_value, level_labels, point_notes
from performance.spc import SpcChart, SpcPoint

Targets = Sequence[tuple[date, Decimal | None]]

# Kind of point: words, mark, colour. Shape says what colour says.
KINDS = {
    "special_cause_improvement": ("Special cause: improvement", "diamond", NAVY),
    "special_cause_concern": ("Special cause: concern", "square", ORANGE),
    "special_cause_neutral": ("Special cause: neither better nor worse", "triangle", GREY),
    "common_cause": ("Common cause", "circle", GREY),
}
SIZES = {"diamond": 14, "square": 10, "triangle": 12, "circle": 10}


def spc_chart(chart: SpcChart, unit: str, targets: Targets = ()) -> dict[str, Any]:
    """An XmR chart: a trace with gaps, points shaped by kind, mean and limits, and the target in steps.

    `targets` gives the target in force in each month of the chart, None where there was none. A chart without
    any value raises ValueError: a page says in words why there is none.
    """
    points = chart.points
    values = [point.value for point in points if point.value is not None]
    if not values:
        raise ValueError("Found no point with a value. Expected at least one; say in words why there is none.")
    bottom, top = _axis(points, targets)
    figure = go.Figure(layout=frame([p.date for p in points], bottom, top, unit))
    figure.add_traces([*_target_steps(targets), *_limits(points), _trace(points)])
    figure.add_traces([_marks(points, kind, unit) for kind in KINDS])
    labels = level_labels(points[-1], targets[-1][1] if targets else None, unit)
    figure.layout.annotations = (*beside(labels, bottom, top), *point_notes(points, unit))
    narrow = [*inside(labels, values[-max(1, len(values) // 3) :]), latest_value(points, unit)]
    return for_the_page(figure, [p.date for p in points], narrow, _legend(points))


def _axis(points: Sequence[SpcPoint], targets: Targets) -> tuple[Decimal, Decimal]:
    """From nought, so that a rise does not look larger than it is; below nought only for what lies there."""
    heights = [h for p in points for h in (p.value, p.upl, p.lpl) if h is not None]
    heights += [value for _, value in targets if value is not None]
    top, bottom = max([*heights, Decimal(0)]), min([*heights, Decimal(0)])
    room = (top - bottom or Decimal(1)) * Decimal("0.06")
    return bottom - room if bottom < 0 else bottom, top + room


def _kind(point: SpcPoint) -> str:
    """Which of KINDS a point is; neutral ones are high or low, and drawn alike."""
    return next(kind for kind in KINDS if point.point_type.startswith(kind))


def _trace(points: Sequence[SpcPoint]) -> go.Scatter:
    return go.Scatter(
        x=[p.date.isoformat() for p in points],
        y=[number(p.value) for p in points],
        mode="lines",
        connectgaps=False,
        line={"color": "#8a9095", "width": 2},
        hoverinfo="skip",
    )


def _marks(points: Sequence[SpcPoint], kind: str, unit: str) -> go.Scatter:
    name, mark, colour = KINDS[kind]
    ours = [p for p in points if p.value is not None and _kind(p) == kind]
    hollow = mark == "circle"
    return go.Scatter(
        x=[p.date.isoformat() for p in ours],
        y=[number(p.value) for p in ours],
        name=name,
        mode="markers",
        marker={
            "symbol": "triangle-up" if mark == "triangle" else mark,
            "size": SIZES[mark],
            "color": "#fff" if hollow else colour,
            "line": {"color": colour, "width": 2 if hollow else 0},
        },
        hovertext=[f"{month_name(p.date)}: {number_in(p.value, unit)}" for p in ours],
        hoverinfo="text",
    )


def _limits(points: Sequence[SpcPoint]) -> list[go.Scatter]:
    """Mean and limits of each group as lines of their own: a recorded step change breaks them."""
    lines = []
    for group in dict.fromkeys(p.rebase_group for p in points):
        ours = [p for p in points if p.rebase_group == group]
        if ours[-1].upl is None:
            continue  # a mean alone would look like a chart that can tell change from chance
        for name, dash in (("mean", "solid"), ("upl", "8px,6px"), ("lpl", "8px,6px")):
            height = number(getattr(ours[-1], name))
            if height is not None:
                lines.append(_level(ours, height, {"color": GREY, "width": 1.5, "dash": dash}))
    return lines


def _level(points: Sequence[SpcPoint], height: float, line: dict[str, Any]) -> go.Scatter:
    ends = [edge(points[0].date, -HALF_A_MONTH), edge(points[-1].date, HALF_A_MONTH)]
    return go.Scatter(x=ends, y=[height, height], mode="lines", line=line, hoverinfo="skip")


def _target_steps(targets: Targets) -> list[go.Scatter]:
    """The target as steps, each as long as it was in force, with a gap where none was."""
    if all(value is None for _, value in targets):
        return []
    edges = [edge(month, -HALF_A_MONTH) for month, _ in targets] + [edge(targets[-1][0], HALF_A_MONTH)]
    places: list[str] = []
    heights: list[float | None] = []
    for (_, value), start, end in zip(targets, edges[:-1], edges[1:], strict=True):
        places += [start, end]
        heights += [number(value)] * 2
    line = {"color": INK, "width": 2.5}
    return [go.Scatter(x=places, y=heights, mode="lines", connectgaps=False, line=line, hoverinfo="skip")]


def _legend(points: Sequence[SpcPoint]) -> list[dict[str, str]]:
    """The kinds of point; improvement, concern and common cause also when none occurs, and then said so."""
    present = {_kind(p) for p in points if p.value is not None}
    neutral = "special_cause_neutral"
    shown = [
        kind
        for kind in KINDS
        if kind in present or (kind == "common_cause") or (kind != neutral and neutral not in present)
    ]
    return [
        {
            "mark": KINDS[kind][1],
            "colour": KINDS[kind][2],
            "text": KINDS[kind][0] + ("" if kind in present else " (none here)"),
        }
        for kind in shown
    ]
