"""Charts of what was delivered: results in, plotly figure out. No queries, no Django.

A figure is a dict a page hands to the browser: `data` and `layout` for plotly.js, `narrow` (changes to the layout
on a phone, where labels stand inside) and `legend` (marks and words that the page draws as HTML above it).
Numbers become floats here only: they are places on a screen, and every text is written from the exact value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from contracts.formatting import difference, month_name, number_in, term
from performance.spc import SpcChart, SpcPoint

NAVY, ORANGE, GREY, INK = "#12436d", "#c7511a", "#505a5f", "#0b0c0c"
HEIGHT = 420
PLOT_PIXELS = 300
LABEL_PIXELS = 19
MOST_TICKS = 9
MOST_TICKS_NARROW = 4
# A month is called out when it moved by more than the width of the limits.
KINDS = (
    ("Special cause: improvement", "diamond", NAVY, ("special_cause_improvement",)),
    ("Special cause: concern", "square", ORANGE, ("special_cause_concern",)),
    ("Special cause: neither better nor worse", "triangle-up", GREY, ("special_cause_neutral",)),
    ("Common cause", "circle", GREY, ("common_cause",)),
)


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside the plot at the height `value`; `strong` for the target."""

    value: Decimal
    text: str
    strong: bool = False


def spc_chart(chart: SpcChart, unit: str, targets: Sequence[tuple[date, Decimal | None]] = ()) -> dict[str, Any]:
    """An XmR chart: the trace with gaps, points shaped by kind, mean and limits, and the target in steps.

    `targets` is (month, target in force) for the months of the chart. An empty chart raises ValueError: a page
    without a point says so in words.
    """
    if not any(point.value is not None for point in chart.points):
        raise ValueError("Found no point with a value. Expected at least one; say why there is none instead.")
    points = chart.points
    top = _axis_top(points, targets)
    figure = go.Figure(layout=_layout(points, top, unit))
    _add_target(figure, targets)
    _add_limits(figure, points)
    figure.add_trace(_trace(points))
    for name, symbol, colour, kinds in KINDS:
        figure.add_trace(_marks(points, name, symbol, colour, kinds, unit))
    wide, narrow = _labels(points, targets, unit, top)
    figure.layout.annotations = (*wide, _last_value(points, unit))
    return _for_the_page(figure, points, (*narrow, _last_value(points, unit, narrow=True)))


def _for_the_page(figure: go.Figure, points: Sequence[SpcPoint], narrow: Sequence[dict[str, Any]]) -> dict[str, Any]:
    made = figure.to_plotly_json()
    layout = made["layout"]
    layout.pop("template", None)
    return {
        "data": [_plain(trace) for trace in made["data"]],
        "layout": layout,
        "narrow": {
            "annotations": list(narrow),
            "margin": {"l": 40, "r": 10},
            "xaxis": _ticks([p.date for p in points], MOST_TICKS_NARROW),
        },
        "legend": _legend(points),
    }


def _plain(trace: dict[str, Any]) -> dict[str, Any]:
    """Lists in place of plotly's arrays, which JSON does not know."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in trace.items()}


def _axis_top(points: Sequence[SpcPoint], targets: Sequence[tuple[date, Decimal | None]]) -> Decimal:
    heights = [h for p in points for h in (p.value, p.upl) if h is not None]
    heights += [value for _, value in targets if value is not None]
    return max([*heights, Decimal(1)]) * Decimal("1.06")


def _axis_bottom(points: Sequence[SpcPoint]) -> Decimal:
    """Nought for counts and shares, so a rise is not made to look larger; lower only for negative values."""
    lowest = min((h for p in points for h in (p.value, p.lpl) if h is not None), default=Decimal(0))
    shown = min((p.value for p in points if p.value is not None), default=Decimal(0))
    return min(lowest, Decimal(0)) if shown < 0 else Decimal(0)


def _layout(points: Sequence[SpcPoint], top: Decimal, unit: str) -> dict[str, Any]:
    months = [p.date for p in points]
    return {
        "height": HEIGHT,
        "margin": {"l": 52, "r": 150, "t": 20, "b": 60},
        "paper_bgcolor": "#fff",
        "plot_bgcolor": "#fff",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "font": {"family": "arial, sans-serif", "size": 15, "color": INK},
        "xaxis": {
            **_ticks(months, MOST_TICKS),
            "type": "date",
            "range": _x_range(months),
            "fixedrange": True,
            "showgrid": False,
            "linecolor": INK,
            "linewidth": 1,
        },
        "yaxis": {
            "range": [float(_axis_bottom(points)), float(top)],
            "fixedrange": True,
            "gridcolor": "#e8eaeb",
            "zeroline": False,
            "nticks": 8,
            "ticksuffix": "%" if unit == "percent" else "",
            "tickprefix": "£" if unit == "pounds" else "",
            "tickformat": ",",
        },
    }


def _x_range(months: Sequence[date]) -> list[str]:
    """Half a month of room on both sides, so that no mark is cut."""
    first, last = months[0].toordinal() - 15, months[-1].toordinal() + 15
    return [date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()]


def _ticks(months: Sequence[date], most: int) -> dict[str, Any]:
    """Months evenly spaced backwards from the last, which always has its name."""
    every = max(1, -(-(len(months) - 1) // (most - 1))) if most > 1 else 1
    shown = sorted(months[::-1][::every])
    return {
        "tickmode": "array",
        "tickvals": [m.isoformat() for m in shown],
        "ticktext": [f"{m:%b}<br>{m:%Y}" for m in shown],
    }


def _iso(points: Sequence[SpcPoint]) -> list[str]:
    return [p.date.isoformat() for p in points]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _trace(points: Sequence[SpcPoint]) -> go.Scatter:
    return go.Scatter(
        x=_iso(points),
        y=[_number(p.value) for p in points],
        mode="lines",
        connectgaps=False,
        line={"color": "#8a9095", "width": 2},
        hoverinfo="skip",
    )


def _marks(  # noqa: PLR0913 - what a kind of point looks like is five things
    points: Sequence[SpcPoint], name: str, symbol: str, colour: str, kinds: tuple[str, ...], unit: str
) -> go.Scatter:
    ours = [p for p in points if p.value is not None and p.point_type.startswith(kinds)]
    hollow = symbol == "circle"
    return go.Scatter(
        x=_iso(ours),
        y=[_number(p.value) for p in ours],
        name=name,
        mode="markers",
        marker={
            "symbol": symbol,
            "size": 12 if symbol == "diamond" else 10,
            "color": "#fff" if hollow else colour,
            "line": {"color": colour, "width": 2 if hollow else 0},
        },
        hovertext=[f"{month_name(p.date)}: {number_in(p.value, unit)}" for p in ours],
        hoverinfo="text",
    )


def _add_limits(figure: go.Figure, points: Sequence[SpcPoint]) -> None:
    """Mean and limits of each group as its own run of line: a step change breaks them."""
    for group in dict.fromkeys(p.rebase_group for p in points):
        ours = [p for p in points if p.rebase_group == group and p.mean is not None]
        if not ours:
            continue
        ends = _group_ends(ours)
        for name, dash in (("mean", "solid"), ("upl", "8px,6px"), ("lpl", "8px,6px")):
            height = _number(getattr(ours[-1], name))
            figure.add_trace(_level(ends, height, {"color": GREY, "width": 1.5, "dash": dash}))


def _group_ends(points: Sequence[SpcPoint]) -> list[str]:
    first, last = points[0].date.toordinal() - 15, points[-1].date.toordinal() + 15
    return [date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()]


def _level(ends: list[str], height: float | None, line: dict[str, Any]) -> go.Scatter:
    return go.Scatter(x=ends, y=[height, height], mode="lines", line=line, hoverinfo="skip")


def _add_target(figure: go.Figure, targets: Sequence[tuple[date, Decimal | None]]) -> None:
    """The target in steps, each as long as it was in force, with a gap where none was."""
    if not any(value is not None for _, value in targets):
        return
    days = [month for month, _ in targets]
    edges = [d.toordinal() - 15 for d in days] + [days[-1].toordinal() + 15]
    xs, ys = [], []
    for (_, value), start, end in zip(targets, edges[:-1], edges[1:], strict=True):
        xs += [date.fromordinal(start).isoformat(), date.fromordinal(end).isoformat()]
        ys += [_number(value)] * 2
    figure.add_trace(
        go.Scatter(x=xs, y=ys, mode="lines", connectgaps=False, line={"color": INK, "width": 2.5}, hoverinfo="skip")
    )


def _labels(
    points: Sequence[SpcPoint], targets: Sequence[tuple[date, Decimal | None]], unit: str, top: Decimal
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The names of target, limits and mean: at the right of a wide chart, inside a narrow one."""
    labels = _named_levels(points, targets, unit)
    heights = spread([label.value for label in labels], gap=(top - _axis_bottom(points)) * LABEL_PIXELS / PLOT_PIXELS)
    wide = [_beside(label, height) for label, height in zip(labels, heights, strict=True)]
    return wide, _inside(labels, points, top)


def _named_levels(
    points: Sequence[SpcPoint], targets: Sequence[tuple[date, Decimal | None]], unit: str
) -> list[Label]:
    last = points[-1]
    levels = [("Upper limit", last.upl), ("Mean", last.mean), ("Lower limit", last.lpl)]
    labels = [Label(value, f"{name} {limit_text(value, unit)}") for name, value in levels if value is not None]
    target = targets[-1][1] if targets else None
    if target is not None:
        labels.append(Label(target, f"Target {term(target, unit)}", strong=True))
    return sorted(labels, key=lambda label: label.value)


def limit_text(value: Decimal | None, unit: str) -> str:
    """A mean or limit to one decimal, also for counts: an average of counts is no count."""
    return number_in(value, unit if unit in {"pounds", "percent"} else "WTE")


def spread(heights: Sequence[Decimal], gap: Decimal) -> list[Decimal]:
    """`heights` (rising) moved as little as needed so that neighbours stand at least `gap` apart."""
    blocks: list[tuple[Decimal, int]] = []  # where a block of labels begins, and how many it holds
    for height in heights:
        block = (height, 1)
        while blocks and blocks[-1][0] + blocks[-1][1] * gap > block[0]:
            start, count = blocks.pop()
            together = count + block[1]
            middle = (start * count + (block[0] - count * gap) * block[1]) / together
            block = (middle, together)
        blocks.append(block)
    return [start + gap * place for start, count in blocks for place in range(count)]


def _beside(label: Label, height: Decimal) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 1.01,
        "xanchor": "left",
        "y": float(height),
        "yanchor": "middle",
        "text": label.text,
        "showarrow": False,
        "font": {"size": 15, "weight": 700 if label.strong else 400},
    }


def _inside(labels: Sequence[Label], points: Sequence[SpcPoint], top: Decimal) -> list[dict[str, Any]]:
    """Target under its line, the others as one block where the trace is not: above it or below."""
    limits = [label for label in labels if not label.strong]
    made = [
        {**_beside(label, label.value), "x": 1, "xanchor": "right", "yanchor": "top"} for label in labels if label.strong
    ]
    if limits:
        # The last third of the trace is where the block stands: under the lower limit if it runs above the mean.
        recent = [p.value for p in points[-max(1, len(points) // 3) :] if p.value is not None]
        above = bool(recent) and sum(recent) / len(recent) > limits[len(limits) // 2].value
        edge = limits[0].value if above else limits[-1].value
        text = "<br>".join(label.text for label in reversed(limits))
        block = {**_beside(limits[0], edge), "x": 1, "xanchor": "right", "align": "right", "text": text}
        made.append({**block, "yanchor": "top" if above else "bottom", "yshift": -6 if above else 6})
    return made


def _last_value(points: Sequence[SpcPoint], unit: str, narrow: bool = False) -> dict[str, Any]:
    """The latest value, written beside its mark (above it on a phone)."""
    last = next(p for p in reversed(points) if p.value is not None)
    return {
        "x": last.date.isoformat(),
        "y": _number(last.value),
        "xanchor": "center" if narrow else "left",
        "yanchor": "bottom" if narrow else "middle",
        "xshift": 0 if narrow else 9,
        "yshift": 8 if narrow else 0,
        "text": number_in(last.value, unit),
        "showarrow": False,
        "font": {"size": 15, "weight": 700},
    }


def _legend(points: Sequence[SpcPoint]) -> list[dict[str, str]]:
    """The kinds of point, those that do not occur said so; neutral ones only where direction is neither."""
    entries = []
    for name, symbol, colour, kinds in KINDS:
        occurs = any(p.value is not None and p.point_type.startswith(kinds) for p in points)
        if occurs or "neither" not in name:
            entries.append({"mark": symbol, "colour": colour, "text": name if occurs else f"{name} (none here)"})
    return entries


def change_in_a_month(points: Sequence[SpcPoint], month: date) -> str:
    """ "up 55 in a month", for a note beside a point; empty without both values."""
    at = {p.date: p.value for p in points}
    before = max((d for d in at if d < month), default=None)
    now, then = at.get(month), at.get(before) if before else None
    if now is None or then is None or now == then:
        return ""
    return f"{'up' if now > then else 'down'} {difference(abs(now - then)).lstrip('+')} in a month"
