"""The texts that stand in a chart: names of levels, the latest value, a sudden change. Imports no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from contracts.formatting import month_name, number_in, plain, term
from performance.chart_frame import LABEL_PIXELS, PLOT_PIXELS
from performance.spc import SpcPoint


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside the plot at the height `value`; `strong` for what was agreed."""

    value: Decimal
    text: str
    strong: bool = False
    colour: str = "#0b0c0c"


def level_labels(last: SpcPoint, target: Decimal | None, unit: str) -> list[Label]:
    """The names of the levels at the end of an XmR chart, lowest first."""
    mean = None if last.upl is None else last.mean
    levels = [("Upper limit", last.upl), ("Mean", mean), ("Lower limit", last.lpl)]
    labels = [Label(value, f"{name} {limit_text(value, unit)}") for name, value in levels if value is not None]
    if target is not None:
        labels.append(Label(target, f"Target {term(target, unit)}", strong=True))
    return sorted(labels, key=lambda label: label.value)


def limit_text(value: Decimal | None, unit: str) -> str:
    """A mean or limit to one decimal, also for counts: an average of counts is no count."""
    return number_in(value, unit if unit in {"pounds", "percent"} else "WTE")


def beside(labels: Sequence[Label], bottom: Decimal, top: Decimal) -> list[dict[str, Any]]:
    """Labels (lowest first) right of a wide chart with an axis from `bottom` to `top`, moved apart to be readable."""
    lines = max((label.text.count("<br>") + 1 for label in labels), default=1)
    gap = (top - bottom) * lines * LABEL_PIXELS / PLOT_PIXELS
    places = spread([label.value for label in labels], gap, bottom)
    return [_annotation(label, place) for label, place in zip(labels, places, strict=True)]


def inside(labels: Sequence[Label], recent: Sequence[Decimal]) -> list[dict[str, Any]]:
    """Labels within a narrow chart: the target under its line, the limits as one block away from the trace."""
    limits = [label for label in labels if not label.strong]
    made = [
        {**_annotation(label, label.value), "x": 1, "xanchor": "right", "yanchor": "top", "yshift": -3}
        for label in labels
        if label.strong
    ]
    return made + _block(limits, recent) if limits else made


def _block(limits: Sequence[Label], recent: Sequence[Decimal]) -> list[dict[str, Any]]:
    trace_is_above = bool(recent) and sum(recent) / len(recent) > limits[len(limits) // 2].value
    edge = limits[0] if trace_is_above else limits[-1]
    text = "<br>".join(label.text for label in reversed(limits))
    block = {**_annotation(edge, edge.value), "x": 1, "xanchor": "right", "align": "right", "text": text}
    return [{**block, "yanchor": "top" if trace_is_above else "bottom", "yshift": -6 if trace_is_above else 6}]


def _annotation(label: Label, height: Decimal) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 1.01,
        "xanchor": "left",
        "align": "left",
        "y": float(height),
        "yanchor": "middle",
        "text": label.text,
        "showarrow": False,
        # A weight, not <b>: plotly.js writes <b> as a style attribute, which the portal's CSP refuses.
        "font": {"size": 15, "weight": 700 if label.strong else 400, "color": label.colour},
    }


def latest_value(points: Sequence[SpcPoint], unit: str) -> dict[str, Any]:
    """The last value there is, written above its mark, where no level's name can be in the way."""
    last = next(point for point in reversed(points) if point.value is not None)
    return {
        "x": last.date.isoformat(),
        "y": float(last.value or 0),
        "xanchor": "right",
        "xshift": 14,
        "yanchor": "bottom",
        "yshift": 8,
        "bgcolor": "rgba(255,255,255,0.85)",
        "borderpad": 1,
        "text": number_in(last.value, unit),
        "showarrow": False,
        "font": {"size": 15, "weight": 700},
    }


def point_notes(points: Sequence[SpcPoint], unit: str) -> list[dict[str, Any]]:
    """The latest value and the sudden change; where both are of one point the change says the value too."""
    latest, sudden = latest_value(points, unit), sudden_change(points, unit)
    return sudden if sudden and sudden[0]["x"] == latest.get("x") else [latest, *sudden]


def sudden_change(points: Sequence[SpcPoint], unit: str) -> list[dict[str, Any]]:
    """A note at the largest move between neighbouring months, if it is wider than all common cause variation."""
    moves = [
        (abs(now.value - then.value), then.value, now)
        for then, now in pairwise(points)
        if now.value is not None and then.value is not None
    ]
    if not moves:
        return []
    size, before, point = max(moves, key=lambda move: move[0])
    if point.upl is None or point.lpl is None or point.value is None or size <= point.upl - point.lpl:
        return []
    direction = "up" if point.value > before else "down"
    amount = plain(size) if unit not in {"pounds", "percent"} else number_in(size, unit)
    return [
        {
            "x": point.date.isoformat(),
            "y": float(point.value),
            "xanchor": "center",
            "yanchor": "bottom" if direction == "up" else "top",
            "yshift": 12 if direction == "up" else -12,
            "align": "left",
            "text": f"{month_name(point.date)}: {number_in(point.value, unit)},<br>{direction} {amount} in a month",
            "showarrow": False,
            "font": {"size": 15},
        }
    ]


def spread(heights: Sequence[Decimal], gap: Decimal, lowest: Decimal) -> list[Decimal]:
    """`heights` (rising) moved little, so that neighbours stand at least `gap` apart and none below `lowest`.

    plotly.js hides a label below its axis, which is why there is a lowest place.
    """
    blocks: list[tuple[Decimal, int]] = []  # where a run of touching labels begins, and how many it holds
    for height in heights:
        start, count = max(height, lowest), 1
        while blocks and blocks[-1][0] + blocks[-1][1] * gap > start:
            below, below_count = blocks.pop()
            start = (below * below_count + (start - below_count * gap) * count) / (below_count + count)
            start = max(start, lowest)
            count += below_count
        blocks.append((start, count))
    return [start + gap * place for start, count in blocks for place in range(count)]
