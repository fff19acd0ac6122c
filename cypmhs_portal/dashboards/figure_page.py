"""Where one number comes from: cell, return line, indicator, verdict; who and when; where else it is used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404

from contracts.access import Standing
from contracts.formatting import moment, number_in
from contracts.looking_back import ENGLAND, in_words
from contracts.models import Agreement, PublishedFigure, Recomputation
from contracts.permissions import Permission
from cypmhs_portal.dashboards.figure_history import KnownFigure, figure_history
from cypmhs_portal.dashboards.figure_sources import (
    RestsOn,
    Source,
    extract_of,
    source_to_show,
    sources_of,
    versions_of,
)
from cypmhs_portal.dashboards.formula_words import FormulaInWords, formula_in_words, sum_in_words
from cypmhs_portal.dashboards.paper_words import papers_in_words
from performance.disputed_figures import FigureDisputes, figure_disputes
from performance.models import Figure
from performance.queries import figures_of, rests_on_small_counts, waiting_recomputes
from performance.sheet_extract import SheetExtract
from performance.suppression import HIDDEN
from performance.verdict_words import terms_in_words
from performance.verdicts import Polarity

MOST_USES = 12


@dataclass(frozen=True, slots=True)
class FigureName:
    """What a figure is of, as its address says it; `element` is "whole" where it has none."""

    indicator: str
    element: str
    area: str
    month: date

    def is_said_of(self) -> Q:
        """The rows of figures with this name."""
        element = Q(element=None) if self.element == "whole" else Q(element__code=self.element)
        return element & Q(indicator__code=self.indicator, area__code=self.area, month=self.month)


@dataclass(frozen=True, slots=True)
class InPaper:
    """The figure as a paper published it, and where the paper says so."""

    published: PublishedFigure
    paper: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Everything the page of a figure shows."""

    agreement: Agreement
    figure: Figure
    formula: FormulaInWords | None
    agreed_in: tuple[str, ...]
    worked: str
    sources: tuple[Source, ...]
    versions: tuple[RestsOn, ...]
    shown_version: RestsOn | None
    extract: SheetExtract | None
    verdict_words: str
    used_in: tuple[Figure, ...]
    published: tuple[InPaper, ...]
    history: tuple[KnownFigure, ...]
    is_waiting: bool
    disputes: FigureDisputes


@dataclass(frozen=True, slots=True)
class Withheld:
    """What stands in place of a figure that was not known then, or that this reader may not see."""

    figure: Figure
    heading: str
    because: str


def figure_page(standing: Standing, name: FigureName, as_at: datetime | None = None) -> FigurePage | Withheld:
    """The page of one figure as known at `as_at`, None for now; 404 where there never was such a figure."""
    agreement, is_exact = standing.agreement, standing.may(Permission.SEE_EXACT_COUNTS)
    known = figures_of(agreement, as_at).filter(name.is_said_of()).select_related("definition")
    figure = known.first()
    if figure is None:
        return _not_known(agreement, name, as_at)
    if rests_on_small_counts(figure) and not is_exact:
        return Withheld(figure, HIDDEN, "It rests on small counts, which your role does not let you see.")
    titles = dict(agreement.documents.values_list("reference", "title"))
    versions = versions_of(figure, as_at, may_download=is_exact)
    sources = sources_of(figure, versions, titles)
    shown = source_to_show(sources, name.month)
    return FigurePage(
        agreement=agreement,
        figure=figure,
        formula=formula_in_words(figure.definition) if figure.definition else None,
        agreed_in=papers_in_words(figure.indicator.source, titles),
        worked=sum_in_words(figure),
        sources=sources,
        versions=versions,
        shown_version=next((one for one in versions if shown and one.version == shown.version), None),
        extract=extract_of(shown),
        verdict_words=_verdict(figure),
        used_in=_uses(figure, as_at),
        published=tuple(_published(figure, titles)),
        history=figure_history(figure, as_at),
        is_waiting=waiting_recomputes(agreement, as_at).concerns(name.month),
        disputes=figure_disputes(agreement, [name.month], as_at),
    )


def _not_known(agreement: Agreement, name: FigureName, as_at: datetime | None) -> Withheld:
    """A figure of another moment, said so; 404 where there is none, or none to look back from."""
    rows = Figure.objects.filter(name.is_said_of(), agreement=agreement).select_related("indicator", "element", "area")
    first = rows.order_by("known_from").first()
    if first is None or as_at is None:
        raise Http404("There is no such figure.")
    since = moment(first.known_from.astimezone(ENGLAND))
    because = f"On {in_words(as_at)} it was not known. It was first worked out on {since}."
    return Withheld(first, "Not known then", because)


def _verdict(figure: Figure) -> str:
    if figure.value is None:
        return figure.reason
    if figure.target is None:
        return "No target was agreed for this measure and area."
    terms = terms_in_words(figure.target, figure.floor, figure.unit, Polarity(figure.indicator.polarity))
    return f"{number_in(figure.value, figure.unit)} against {terms}."


def _uses(figure: Figure, as_at: datetime | None) -> tuple[Figure, ...]:
    """Other figures of the month, as known at that moment, that use the same cell."""
    cells = [s for s in figure.sources if s.get("version_id")]
    if len(cells) != 1:
        return ()
    cell = {name: cells[0][name] for name in ("version_id", "sheet", "cell")}
    others = figures_of(figure.agreement, as_at).filter(sources__contains=[cell], month=figure.month)
    return tuple(others.exclude(pk=figure.pk)[:MOST_USES])


def _published(figure: Figure, titles: Mapping[str, str]) -> Iterator[InPaper]:
    """What papers say of the whole area; of a part they say nothing."""
    if figure.area.parent_id is not None:
        return
    rows = PublishedFigure.objects.filter(
        Q(element=figure.element) | Q(element=None, indicator__element=figure.element),
        agreement=figure.agreement,
        indicator=figure.indicator,
        month=figure.month,
        recomputation=Recomputation.FIGURE,
    )
    for row in rows:
        yield InPaper(row, "; ".join(papers_in_words(row.source, titles)))
