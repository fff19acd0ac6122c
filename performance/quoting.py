"""Figures quoted as evidence of a contract notice: as they are known, with target, verdict, cells and chart.

Small counts are never quoted: what a notice says leaves the portal in a letter.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from contracts.agreement_months import months_of
from contracts.formatting import month_name, rounded, term
from contracts.levers.quoted import QuotedFigure
from contracts.models import Agreement, Notice
from contracts.periods import add_months, months_between
from performance.disputed_figures import NOTHING, FigureDisputes, figure_disputes
from performance.models import Figure
from performance.queries import exact_text, figures_of, rests_on_small_counts
from performance.verdict_words import verdict_in_words
from performance.verdicts import Polarity, Verdict

MONTHS_OF_CHART = 24
# What the columns of evidence hold.
PLACES, LONGEST_VERDICT, LONGEST_REASON, LONGEST_DOUBT = 6, 40, 500, 240
LINK_PARTS = ("month", "version", "sheet", "cell", "label", "area", "value")


class CannotQuote(Exception):
    """A figure may not stand in a notice; the message says why in a plain sentence."""


@dataclass(frozen=True, slots=True)
class FigureKey:
    """What a figure is of, by codes; `element` is empty for the whole service."""

    indicator: str
    element: str
    area: str
    month: date


def quote(
    agreement: Agreement, keys: Iterable[FigureKey], *, at: datetime, as_at: datetime | None = None
) -> tuple[QuotedFigure, ...]:
    """The figures of `keys`, each once and in that order, as known at `as_at` (None: now), stamped `at`.

    A figure that was not known then is left out. Raises `CannotQuote` for one that rests on small counts. Two
    queries, and up to six more where caseloads are disputed.
    """
    wanted = list(dict.fromkeys(keys))
    held = _held(agreement, wanted, as_at) if wanted else {}
    for key in wanted:
        if key in held:
            _refuse_small_counts(held[key])
    return _quotations(agreement, wanted, held, at=at, as_at=as_at)


def quote_again(notice: Notice, at: datetime) -> tuple[QuotedFigure, ...]:
    """The figures that a notice was asked for with, as they are known now, for the moment `at` that it is served.

    One that is not known any more, or that a correction made to rest on small counts, is left out.
    """
    quoted = notice.evidence.filter(occasion="asked").order_by("position")
    columns = quoted.values_list("indicator_code", "element_code", "area_code", "month")
    wanted = [FigureKey(*row) for row in columns]
    held = _held(notice.agreement, wanted, None) if wanted else {}
    may_leave = [key for key in wanted if key in held and not rests_on_small_counts(held[key])]
    return _quotations(notice.agreement, may_leave, held, at=at, as_at=None)


def _quotations(
    agreement: Agreement,
    keys: Sequence[FigureKey],
    held: Mapping[FigureKey, Figure],
    *,
    at: datetime,
    as_at: datetime | None,
) -> tuple[QuotedFigure, ...]:
    """Those of `keys` that are held, in that order, each with its months and what is doubted about it."""
    disputes = figure_disputes(agreement, sorted({key.month for key in keys}), as_at) if keys else NOTHING
    return tuple(
        _quoted(held[key], _series(key, held, agreement), disputes, as_at or at) for key in keys if key in held
    )


def _held(agreement: Agreement, keys: Collection[FigureKey], as_at: datetime | None) -> dict[FigureKey, Figure]:
    """The figures of `keys` and of the months before them that a chart shows."""
    named = Q(pk__in=[])
    for key in keys:
        element = Q(element__code=key.element) if key.element else Q(element=None)
        months = Q(month__range=(add_months(key.month, 1 - MONTHS_OF_CHART), key.month))
        named |= element & months & Q(indicator__code=key.indicator, area__code=key.area)
    return {key_of(figure): figure for figure in figures_of(agreement, as_at).filter(named)}


def key_of(figure: Figure) -> FigureKey:
    """What a figure is of."""
    element = figure.element.code if figure.element else ""
    return FigureKey(figure.indicator.code, element, figure.area.code, figure.month)


def _refuse_small_counts(figure: Figure) -> None:
    if rests_on_small_counts(figure):
        raise CannotQuote(
            f"“{figure.indicator.name}” rests on small counts of children, which may not leave the portal. "
            "Choose another figure."
        )


def _series(key: FigureKey, held: Mapping[FigureKey, Figure], agreement: Agreement) -> tuple[dict[str, Any], ...]:
    """Its months as a chart shows them, the figure's own last; a month without a figure has no value."""
    first = max(months_of(agreement).first_shown(key.month), add_months(key.month, 1 - MONTHS_OF_CHART))
    months = months_between(first, add_months(key.month, 1))
    return tuple(_point(month, held.get(FigureKey(key.indicator, key.element, key.area, month))) for month in months)


def _point(month: date, figure: Figure | None) -> dict[str, Any]:
    return {
        "month": f"{month:%Y-%m}",
        "value": exact_text(figure.value) if figure else None,
        "target": exact_text(figure.target) if figure else None,
        "verdict": figure.verdict if figure else Verdict.NOT_AVAILABLE.value,
    }


def _quoted(
    figure: Figure, series: Sequence[dict[str, Any]], disputes: FigureDisputes, as_at: datetime
) -> QuotedFigure:
    key = key_of(figure)
    return QuotedFigure(
        as_at=as_at,
        indicator_code=key.indicator,
        indicator_name=figure.indicator.name,
        area_code=key.area,
        area_name=figure.area.name,
        month=key.month,
        unit=figure.unit,
        value=_as_kept(figure.value),
        element_code=key.element,
        element_name=figure.element.short_name if figure.element else "",
        numerator=figure.numerator,
        denominator=figure.denominator,
        agreed=figure.target,
        agreed_is_illustrative=figure.target_is_illustrative,
        verdict=_verdict_word(figure),
        why_not_available=figure.reason[:LONGEST_REASON],
        doubt=_doubt(figure, disputes),
        sources=tuple({part: source.get(part) for part in LINK_PARTS} for source in figure.sources),
        series=tuple(series),
    )


def _as_kept(value: Decimal | None) -> Decimal | None:
    """The value with as many decimals as evidence keeps."""
    return None if value is None else rounded(value, PLACES)


def _verdict_word(figure: Figure) -> str:
    """ "Red: below floor of 240"; the colour alone where that would be too long."""
    polarity = Polarity(figure.indicator.polarity)
    words = verdict_in_words(Verdict(figure.verdict), figure.target, figure.floor, figure.unit, polarity)
    return words if len(words) <= LONGEST_VERDICT else words.partition(":")[0]


def _doubt(figure: Figure, disputes: FigureDisputes) -> str:
    return " ".join(sentence for sentence in (_dispute(figure, disputes), _illustrative_floor(figure)) if sentence)[
        :LONGEST_DOUBT
    ]


def _dispute(figure: Figure, disputes: FigureDisputes) -> str:
    found = disputes.of(figure)
    if found is None:
        return ""
    if found.agreed:
        return disputes.signed_in_words(found.agreed)
    return f"Disputed: the caseloads of {month_name(found.month)} differ, and not everything is explained."


def _illustrative_floor(figure: Figure) -> str:
    judged_by_floor = figure.verdict in {Verdict.AMBER, Verdict.RED} and figure.floor is not None
    if not (judged_by_floor and figure.floor_is_illustrative):
        return ""
    return f"The floor of {term(figure.floor, figure.unit)} is illustrative: no paper has it."
