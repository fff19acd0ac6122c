"""The page of suggested levers: each with its figures as they would be quoted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from contracts.access import Standing
from contracts.levers.quoted import QuotedFigure
from contracts.permissions import Permission
from cypmhs_portal.levers.quoted_rows import QuotedRow, quoted_rows
from cypmhs_portal.levers.suggested import Suggestion, Suggestions, suggestions_for
from performance.quoting import FigureKey, quote


@dataclass(frozen=True, slots=True)
class SuggestedCard:
    """One suggestion with its figures."""

    suggestion: Suggestion
    rows: tuple[QuotedRow, ...]


@dataclass(frozen=True, slots=True)
class SuggestedPage:
    """Everything the page shows; `may_ask` is whether the reader may ask for a notice."""

    read: Suggestions
    new: tuple[SuggestedCard, ...]
    covered: tuple[SuggestedCard, ...]
    may_ask: bool

    @property
    def has_unchecked_terms(self) -> bool:
        """Whether nobody has recorded yet where in the contract a term stands."""
        return any(not one.term.is_checked for one in self.read.terms)


def suggested_page(standing: Standing, at: datetime) -> SuggestedPage:
    """The page on the day of `at`."""
    read = suggestions_for(standing.agreement, at.date())
    keys = [key for one in read.every for key in one.met.figures]
    quoted = {_key(figure): figure for figure in quote(standing.agreement, keys, at=at)}
    return SuggestedPage(
        read=read,
        new=_cards(standing, read.new, quoted),
        covered=_cards(standing, read.covered, quoted),
        may_ask=standing.may(Permission.ASK_FOR_NOTICE),
    )


def _cards(
    standing: Standing, suggestions: Sequence[Suggestion], quoted: Mapping[FigureKey, QuotedFigure]
) -> tuple[SuggestedCard, ...]:
    rows = dict(zip(quoted, quoted_rows(standing.agreement, quoted.values()), strict=True)) if suggestions else {}
    return tuple(SuggestedCard(one, tuple(rows[key] for key in one.met.figures if key in rows)) for one in suggestions)


def _key(figure: QuotedFigure) -> FigureKey:
    return FigureKey(figure.indicator_code, figure.element_code, figure.area_code, figure.month)
