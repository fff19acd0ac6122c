"""Writing down the figures that a notice quotes, as they stand at that moment."""

from collections.abc import Sequence
from dataclasses import asdict

from contracts.levers.quoted import QuotedFigure
from contracts.models import EvidenceFigure, Notice, Occasion


def write_evidence(notice: Notice, occasion: Occasion, figures: Sequence[QuotedFigure]) -> list[EvidenceFigure]:
    """The rows of `figures` in their order; a figure that is among them twice is quoted once."""
    once = {_which(figure): figure for figure in reversed(figures)}
    return EvidenceFigure.objects.bulk_create(
        EvidenceFigure(notice=notice, occasion=occasion, position=position, **_fields(once[which]))
        for position, which in enumerate(dict.fromkeys(map(_which, figures)), start=1)
    )


def _which(figure: QuotedFigure) -> tuple[object, ...]:
    return figure.indicator_code, figure.area_code, figure.element_code, figure.month


def _fields(figure: QuotedFigure) -> dict[str, object]:
    return {**asdict(figure), "sources": list(figure.sources), "series": list(figure.series)}
