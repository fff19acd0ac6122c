"""Small drawings made by the server: sparklines' geometry, trend signs' words. Imports no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from contracts.formatting import POUNDS, number_in, pounds, term
from contracts.series_words import line_in_words

TRACE_WIDTH = 135
HEIGHT = 54
TOP = 9
BOTTOM = 45
LABEL_GAP = 17

TOO_FEW_MONTHS = "Too few months to tell"


class Sign(StrEnum):
    """What is drawn: a circle for variation, a square for assurance."""

    FILLED_CIRCLE = "filled-circle"
    EMPTY_CIRCLE = "empty-circle"
    SQUARE = "square"


@dataclass(frozen=True, slots=True)
class TrendSign:
    """One sign with the words that always stand beside it.

    `rising` turns a filled circle's arrow; `target` is where a square's line lies: above, below, through.
    """

    sign: Sign
    words: str
    tone: str
    rising: bool = False
    target: str = ""


TREND_SIGNS = {
    "improvement_high": TrendSign(Sign.FILLED_CIRCLE, "Improving: a real change", "good", rising=True),
    "improvement_low": TrendSign(Sign.FILLED_CIRCLE, "Improving: a real change", "good"),
    "concern_high": TrendSign(Sign.FILLED_CIRCLE, "Getting worse: a real change", "bad", rising=True),
    "concern_low": TrendSign(Sign.FILLED_CIRCLE, "Getting worse: a real change", "bad"),
    "neutral_high": TrendSign(Sign.FILLED_CIRCLE, "Higher: a real change", "neutral", rising=True),
    "neutral_low": TrendSign(Sign.FILLED_CIRCLE, "Lower: a real change", "neutral"),
    "common_cause": TrendSign(Sign.EMPTY_CIRCLE, "No real change", "neutral"),
    "fail": TrendSign(Sign.SQUARE, "At this level, target out of reach", "bad", target="above"),
    "pass": TrendSign(Sign.SQUARE, "Target reliably met", "good", target="below"),
    "inconsistent": TrendSign(Sign.SQUARE, "Sometimes met, by chance", "neutral", target="through"),
}
OTHER_SIDE = {"above": "below", "below": "above", "through": "through"}


def trend_sign(icon: str | None, lower_is_better: bool = False) -> TrendSign | None:
    """The sign of an SPC icon; None when there are too few points for one.

    For a lower-is-better measure the target line changes sides and the words stay. Raises ValueError for an
    icon that the SPC rules do not give.
    """
    if not icon:
        return None
    if icon not in TREND_SIGNS:
        raise ValueError(f"Found the icon {icon!r}. Expected one of {', '.join(TREND_SIGNS)}, or none.")
    sign = TREND_SIGNS[icon]
    if not lower_is_better or not sign.target:
        return sign
    return TrendSign(sign.sign, sign.words, sign.tone, target=OTHER_SIDE[sign.target])


@dataclass(frozen=True, slots=True)
class SparkLabel:
    """A text at the right of a sparkline, `y` in pixels from the top."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A trace in pixels: `runs` are lines between gaps, `dots` months that stand alone, `end` the last."""

    runs: tuple[str, ...]
    dots: tuple[tuple[int, int], ...]
    end: tuple[int, int] | None
    target_y: int | None
    value_label: SparkLabel | None
    target_label: SparkLabel | None
    words: str


def sparkline(values: Sequence[Decimal | None], target: Decimal | None, unit: str) -> Sparkline | None:
    """A line of `values` month by month; a missing month is a gap, never joined. None without any value."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    scale = _Scale.over(known if target is None else [*known, target])
    step = Decimal(TRACE_WIDTH - 8) / max(1, len(values) - 1)
    places = [None if v is None else (round(2 + step * i), scale.y(v)) for i, v in enumerate(values)]
    target_y = None if target is None else scale.y(target)
    end = places[-1]
    value_y, target_label_y = _apart(end[1] if end else None, target_y)
    runs = _runs(places)
    return Sparkline(
        runs=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1),
        end=end,
        target_y=target_y,
        value_label=None if value_y is None else SparkLabel(_short(values[-1], unit), value_y),
        target_label=None if target_label_y is None else SparkLabel(term(target, unit), target_label_y),
        words=line_in_words(values, target, unit),
    )


def _short(value: Decimal | None, unit: str) -> str:
    """A value as it fits beside a trace: money in whole pounds, without its pence."""
    return pounds(value) if unit == POUNDS else number_in(value, unit)


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Decimal
    high: Decimal

    @classmethod
    def over(cls, values: Sequence[Decimal]) -> "_Scale":
        return cls(min(values), max(values))

    def y(self, value: Decimal) -> int:
        if self.high == self.low:
            return (TOP + BOTTOM) // 2
        return round(BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP))


def _runs(places: Sequence[tuple[int, int] | None]) -> list[list[tuple[int, int]]]:
    runs: list[list[tuple[int, int]]] = [[]]
    for place in places:
        if place is not None:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _apart(value_y: int | None, target_y: int | None) -> tuple[int | None, int | None]:
    """Two labels moved apart so that they can be read, the higher one staying higher."""
    if value_y is None or target_y is None or abs(value_y - target_y) >= LABEL_GAP:
        return value_y, target_y
    middle = min(max((value_y + target_y) // 2, TOP + LABEL_GAP // 2), BOTTOM - LABEL_GAP // 2)
    upper, lower = middle - LABEL_GAP // 2, middle + LABEL_GAP // 2 + 1
    return (upper, lower) if value_y < target_y else (lower, upper)
