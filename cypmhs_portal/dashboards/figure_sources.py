"""What a figure rests on: its inputs with their cells, and the versions and files that these stand in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from contracts.formatting import plain
from cypmhs_portal.dashboards.paper_words import papers_in_words
from performance.as_known import state_known
from performance.form import Sheet
from performance.models import Figure, Move, State, Version
from performance.return_pages.history import COLOURS, file_in_words
from performance.sheet_extract import SheetExtract, extract_around

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
STEPS = {
    State.DRAFT: "Uploaded by",
    State.SUBMITTED: "Signed off by",
    State.ACCEPTED: "Accepted by",
    State.SENT_BACK: "Sent back by",
    State.WITHDRAWN: "Withdrawn by",
    State.REPLACED: "Replaced by",
}


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of a version: "Accepted by", whoever took it, when, and what they said."""

    title: str
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A version as it stood at the moment looked at; `file` says what may be downloaded, empty where nothing may."""

    version: Version
    state: str
    colour: str
    steps: tuple[StepTaken, ...]
    file: str

    @property
    def signed_off(self) -> StepTaken | None:
        """Who signed it off and when."""
        return next((step for step in self.steps if step.title == STEPS[State.SUBMITTED]), None)

    @property
    def accepted(self) -> StepTaken | None:
        """Who accepted it and when."""
        return next((step for step in self.steps if step.title == STEPS[State.ACCEPTED]), None)


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


def versions_of(figure: Figure, as_at: datetime | None, *, may_download: bool) -> tuple[RestsOn, ...]:
    """The versions that the figure's inputs stand in, as they stood at `as_at`; the newest month first."""
    keys = {source["version_id"] for source in figure.sources if source.get("version_id")}
    moves = Move.objects.order_by("pk")
    held = (
        Version.objects.filter(pk__in=keys)
        .annotate(held=state_known(as_at))
        .select_related("of_return", "upload")
        .prefetch_related(Prefetch("moves", moves if as_at is None else moves.filter(at__lte=as_at)))
        .order_by("-of_return__month")
    )
    return tuple(_rests_on(version, may_download) for version in held)


def sources_of(figure: Figure, versions: Iterable[RestsOn], titles: Mapping[str, str]) -> tuple[Source, ...]:
    """Every input of the figure, in the order it was worked out from; a term of the agreement with its paper."""
    by_key = {one.version.pk: one.version for one in versions}
    return tuple(_source(source, by_key, titles) for source in figure.sources)


def source_to_show(sources: tuple[Source, ...], month: date) -> Source | None:
    """A cell of the figure's own month before one of an earlier month; None where no input is a cell."""
    cells = [source for source in sources if source.version is not None and source.sheet in set(Sheet)]
    own = [source for source in cells if source.month == f"{month:%Y-%m}"]
    return next(iter([*own, *reversed(cells)]), None)


def extract_of(source: Source | None) -> SheetExtract | None:
    """The surroundings of the cell shown; where a figure has several the table of inputs names them all."""
    if source is None or source.version is None:
        return None
    return extract_around(source.version, source.sheet, source.cell)


def _rests_on(version: Version, may_download: bool) -> RestsOn:
    state, upload = State(vars(version)["held"] or State.DRAFT), version.upload
    uploaded = StepTaken(STEPS[State.DRAFT], upload.uploaded_by_name, upload.uploaded_at, version.why)
    moved = (StepTaken(STEPS[State(m.to_state)], m.by_name, m.at, m.reason) for m in version.moves.all())
    return RestsOn(
        version, state.label, COLOURS[state], (uploaded, *moved), file_in_words(upload) if may_download else ""
    )


def _source(source: dict[str, Any], versions: dict[int, Version], titles: Mapping[str, str]) -> Source:
    version, cell = versions.get(source.get("version_id") or 0), source.get("cell") or ""
    return Source(
        label=source.get("label") or "",
        area=source.get("area") or "",
        month=source.get("month") or "",
        sheet=source.get("sheet") or "",
        cell=cell if version else "; ".join(papers_in_words(cell, titles)),
        value=_value(source.get("value")),
        version=version,
    )


def _value(text: str | None) -> str:
    """A number with its thousands; what is no number, as of a return that was signed off, as it stands."""
    if text is None:
        return "not reported"
    return plain(Decimal(text)) if NUMBER.fullmatch(text) else text
