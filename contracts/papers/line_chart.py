"""A line of months as a picture for a paper (PNG), with what was agreed for each month. Imports no Django.

The typeface is the one that Pillow brings, so a server draws the same picture whatever is installed on it. That
typeface has neither "£" nor a true minus: numbers stand without "£", which the caption says, and with a hyphen.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PIL import Image, ImageDraw, ImageFont

from contracts.formatting import MINUS, month_short, number_in, plain, term
from contracts.papers.chart_scale import Scale, scale_over

Place = tuple[float, float]
NAVY, GREY, INK, RULE, PAPER = "#12436d", "#505a5f", "#0b0c0c", "#d8dadc", "#ffffff"
# In pixels. It is drawn at twice its size and made smaller, so that its lines are smooth.
FINER = 2
WIDTH, HEIGHT = 1500 * FINER, 520 * FINER
LEFT, RIGHT, TOP, BOTTOM = 150 * FINER, 190 * FINER, 30 * FINER, 60 * FINER
TEXT, LINE, DOT = 26 * FINER, 5 * FINER, 7 * FINER
PART_OF_A_MONTH = 0.3  # how far what was agreed goes to each side: the months together are a dashed line
MOST_MONTHS_NAMED = 6


@dataclass(frozen=True, slots=True)
class ChartMonth:
    """One month of the line; None where it has no value, or nothing was agreed for it."""

    month: date
    value: Decimal | None
    agreed: Decimal | None


def line_chart(months: Sequence[ChartMonth], unit: str) -> bytes:
    """The picture: a line with a gap where a month has no value, and a dash for what was agreed for each month.

    The same bytes for the same months. Raises `ValueError` where no month has a value.
    """
    if all(one.value is None for one in months):
        raise ValueError("Found no month with a value. A chart needs one at least.")
    numbers = [number for one in months for number in (one.value, one.agreed) if number is not None]
    frame = _Frame(Image.new("RGB", (WIDTH, HEIGHT), PAPER), scale_over(numbers), len(months))
    _draw_frame(frame, months)
    _draw_agreed(frame, months)
    _draw_values(frame, months)
    _write_last(frame, months[-1], unit)
    return _as_png(frame.image)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things stand in the picture."""

    image: Image.Image
    scale: Scale
    months: int

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    @property
    def month_width(self) -> float:
        return (WIDTH - LEFT - RIGHT) / self.months

    def x(self, number: int) -> float:
        return LEFT + self.month_width * (number + 0.5)

    def y(self, value: Decimal) -> float:
        return HEIGHT - BOTTOM - float(self.scale.share_of(value)) * (HEIGHT - TOP - BOTTOM)

    def write(self, place: Place, text: str, colour: str, anchor: str) -> None:
        self.draw.text(place, in_typeface(text), colour, ImageFont.load_default(TEXT), anchor=anchor)


def in_typeface(text: str) -> str:
    """The text with the signs that the typeface has."""
    return text.replace(MINUS, "-").replace("£", "")


def _draw_frame(frame: _Frame, months: Sequence[ChartMonth]) -> None:
    """Lines across with their numbers, and the names of some months, the last one always."""
    for mark in frame.scale.marks:
        y = frame.y(mark)
        frame.draw.line([(LEFT, y), (WIDTH - RIGHT, y)], RULE, FINER)
        frame.write((LEFT - TEXT / 2, y), plain(mark), INK, "rm")
    every = -(-len(months) // MOST_MONTHS_NAMED)
    for number in range(len(months) - 1, -1, -every):
        frame.write((frame.x(number), HEIGHT - BOTTOM / 2), month_short(months[number].month), INK, "mm")


def _draw_agreed(frame: _Frame, months: Sequence[ChartMonth]) -> None:
    for number, one in enumerate(months):
        if one.agreed is not None:
            x, y, half = frame.x(number), frame.y(one.agreed), frame.month_width * PART_OF_A_MONTH
            frame.draw.line([(x - half, y), (x + half, y)], GREY, LINE)


def _draw_values(frame: _Frame, months: Sequence[ChartMonth]) -> None:
    for run in _runs(frame, months):
        if len(run) > 1:
            frame.draw.line(run, NAVY, LINE, joint="curve")
        for x, y in run:
            frame.draw.ellipse([x - DOT, y - DOT, x + DOT, y + DOT], NAVY)


def _runs(frame: _Frame, months: Sequence[ChartMonth]) -> Iterator[list[Place]]:
    """The places of the values from gap to gap."""
    run: list[Place] = []
    for number, one in enumerate(months):
        if one.value is not None:
            run.append((frame.x(number), frame.y(one.value)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _write_last(frame: _Frame, last: ChartMonth, unit: str) -> None:
    """The last month's value and what was agreed for it, at the right."""
    found = [(last.value, number_in(last.value, unit), NAVY), (last.agreed, term(last.agreed, unit), GREY)]
    labels = sorted(((frame.y(value), text, ink) for value, text, ink in found if value is not None), reverse=True)
    lowest = float(HEIGHT)
    for y, text, ink in labels:
        # The lower one first; the other stands above it where they would lie on each other.
        lowest = min(y, lowest - TEXT * 1.2)
        frame.write((WIDTH - RIGHT + TEXT / 2, lowest), text, ink, "lm")


def _as_png(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    size = (image.width // FINER, image.height // FINER)
    image.resize(size, Image.Resampling.LANCZOS).save(stream, "PNG", optimize=True)
    return stream.getvalue()
