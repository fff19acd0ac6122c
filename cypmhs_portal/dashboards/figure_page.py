"""Where one number comes from: cell, return line, indicator, verdict; who and when; where else it is used."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404

from contracts.formatting import number_in
from contracts.models import Agreement, PublishedFigure, Recomputation
from cypmhs_portal.dashboards.figure_history import KnownFigure, figure_history
from cypmhs_portal.dashboards.formula_words import formula_in_words, sum_in_words
from performance.form import Sheet
from performance.models import Figure, Version
from performance.queries import figures_of, waiting_recomputes
from performance.sheet_extract import SheetExtract, extract_around
from performance.verdict_words import terms_in_words
from performance.verdicts import Polarity

MOST_USES = 12


@dataclass(frozen=True, slots=True)
class Source:
    """One input of a figure: what it is, its value, and the cell or term it stands in."""

    label: str
    area: str
    month: str
    sheet: str
    cell: str
    value: str
    version: Version | None


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Everything the page of a figure shows."""

    agreement: Agreement
    figure: Figure
    formula: str
    worked: str
    sources: tuple[Source, ...]
    versions: tuple[Version, ...]
    shown_version: Version | None
    extract: SheetExtract | None
    verdict_words: str
    used_in: tuple[Figure, ...]
    published: tuple[PublishedFigure, ...]
    history: tuple[KnownFigure, ...]
    is_waiting: bool


def figure_page(agreement: Agreement, indicator: str, element: str, area: str, month: date) -> FigurePage:
    """The page of one figure, `element` being "whole" where it has none; 404 where there is no such figure."""
    named = None if element == "whole" else element
    figure = (
        figures_of(agreement)
        .filter(indicator__code=indicator, element__code=named, area__code=area, month=month)
        .select_related("indicator", "element", "area", "definition")
        .first()
    )
    if figure is None:
        raise Http404("There is no such figure.")
    versions = _versions(figure)
    sources = tuple(_source(source, versions) for source in figure.sources)
    shown = _source_to_show(sources, month)
    return FigurePage(
        agreement=agreement,
        figure=figure,
        formula=formula_in_words(figure.definition) if figure.definition else "",
        worked=sum_in_words(figure),
        sources=sources,
        versions=tuple(versions.values()),
        shown_version=shown.version if shown else None,
        extract=_extract(shown),
        verdict_words=_verdict(figure),
        used_in=_uses(figure),
        published=_published(figure),
        history=figure_history(figure),
        is_waiting=waiting_recomputes(agreement).concerns(month),
    )


def _versions(figure: Figure) -> dict[int, Version]:
    keys = {source["version_id"] for source in figure.sources if source.get("version_id")}
    held = (
        Version.objects.filter(pk__in=keys)
        .select_related("of_return", "upload")
        .prefetch_related("moves")
        .order_by("-of_return__month")
    )
    return {version.pk: version for version in held}


def _source(source: dict[str, Any], versions: dict[int, Version]) -> Source:
    return Source(
        label=source.get("label") or "",
        area=source.get("area") or "",
        month=source.get("month") or "",
        sheet=source.get("sheet") or "",
        cell=source.get("cell") or "",
        value=source["value"] if source.get("value") is not None else "not reported",
        version=versions.get(source.get("version_id") or 0),
    )


def _source_to_show(sources: tuple[Source, ...], month: date) -> Source | None:
    """A cell of the figure's own month before one of an earlier month; None where no input is a cell."""
    cells = [source for source in sources if source.version is not None and source.sheet in set(Sheet)]
    own = [source for source in cells if source.month == f"{month:%Y-%m}"]
    return next(iter([*own, *reversed(cells)]), None)


def _extract(source: Source | None) -> SheetExtract | None:
    """The surroundings of the cell shown; where a figure has several the table of inputs names them all."""
    if source is None or source.version is None:
        return None
    return extract_around(source.version, source.sheet, source.cell)


def _verdict(figure: Figure) -> str:
    if figure.value is None:
        return figure.reason
    if figure.target is None:
        return "No target was agreed for this measure and area."
    terms = terms_in_words(figure.target, figure.floor, figure.unit, Polarity(figure.indicator.polarity))
    return f"{number_in(figure.value, figure.unit)} against {terms}."


def _uses(figure: Figure) -> tuple[Figure, ...]:
    """Other figures of the month that use the same cells."""
    cells = [s for s in figure.sources if s.get("version_id")]
    if len(cells) != 1:
        return ()
    cell = {name: cells[0][name] for name in ("version_id", "sheet", "cell")}
    others = figures_of(figure.agreement).filter(sources__contains=[cell], month=figure.month).exclude(pk=figure.pk)
    return tuple(others[:MOST_USES])


def _published(figure: Figure) -> tuple[PublishedFigure, ...]:
    return tuple(
        PublishedFigure.objects.filter(
            agreement=figure.agreement,
            indicator=figure.indicator,
            month=figure.month,
            recomputation=Recomputation.FIGURE,
        ).filter(Q(element=figure.element) | Q(element=None, indicator__element=figure.element))
        if figure.area.parent_id is None
        else ()
    )
