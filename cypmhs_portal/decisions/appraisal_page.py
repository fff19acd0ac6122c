"""An options appraisal as its page shows it: scores, what each option leaves funded, and what the ranking rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404

from contracts.models import Agreement, AppraisedOption, Criterion, OptionsAppraisal, OptionScore, ServiceElement
from contracts.option_scores import HIGHEST, LOWEST, Order, Scores, Weights, ranking, ranks, sensitivity, weighted_score
from cypmhs_portal.decisions.sensitivity import HUNDRED, TriedWeight, can_change, reading_of, tried_weight
from cypmhs_portal.decisions.sensitivity_chart import sensitivity_chart


@dataclass(frozen=True, slots=True)
class OptionColumn:
    """An option with its weighted score and its rank; None and 0 while a score is missing."""

    option: AppraisedOption
    name: str
    total: Decimal | None
    rank: int
    is_shared_rank: bool


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A criterion with its share of the weights, and each option’s score by its number; None: there is none."""

    criterion: Criterion
    share: Decimal
    scores: tuple[tuple[int, OptionScore | None], ...]


@dataclass(frozen=True, slots=True)
class FundingRow:
    """An element with what each option leaves it, by its number, None where the appraisal does not say."""

    element: ServiceElement
    amounts: tuple[tuple[int, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class AppraisalPage:
    """Everything the page of an appraisal shows."""

    appraisal: OptionsAppraisal
    columns: tuple[OptionColumn, ...]
    rows: tuple[ScoreRow, ...]
    funding: tuple[FundingRow, ...]
    funding_totals: tuple[tuple[int, Decimal], ...]
    recommended: OptionColumn | None
    missing: int
    reading: str
    tried: tuple[TriedWeight, ...]
    chart: dict[str, Any] | None
    lowest: int = LOWEST
    highest: int = HIGHEST


def appraisal_or_404(agreement: Agreement, key: int) -> OptionsAppraisal:
    """The appraisal of the agreement with that key."""
    found = agreement.appraisals.select_related("leads_to", "agreement").filter(pk=key).first()
    if found is None:
        raise Http404("There is no such appraisal here.")
    return found


def appraisal_page(appraisal: OptionsAppraisal) -> AppraisalPage:
    """The page of `appraisal`. Five queries."""
    criteria = tuple(appraisal.criteria.order_by("position", "pk"))
    options = tuple(appraisal.options.prefetch_related("scores", "funding").order_by("number"))
    weights = {one.pk: one.weight for one in criteria}
    scores = _scores(options)
    missing = sum(len(weights.keys() - held.keys()) for held in scores.values())
    order = ranking(scores, weights) if options and not missing else ()
    columns = tuple(_column(one, scores, weights, order) for one in options)
    names = {column.option.pk: column.name for column in columns}
    tried = _tried(criteria, scores, weights, names) if order and len(options) > 1 else ()
    return AppraisalPage(
        appraisal=appraisal,
        columns=columns,
        rows=tuple(_row(one, options, weights) for one in criteria),
        funding=_funding(appraisal, options),
        funding_totals=tuple((one.number, _total(one)) for one in options),
        recommended=next((column for column in columns if column.option.is_recommended), None),
        missing=missing,
        reading=reading_of(tried, order, names) if tried else "",
        tried=tried,
        chart=sensitivity_chart(tried, names) if can_change(tried) else None,
    )


def _scores(options: Sequence[AppraisedOption]) -> Scores:
    return {one.pk: {held.criterion_id: held.score for held in one.scores.all()} for one in options}


def _total(option: AppraisedOption) -> Decimal:
    """What the option leaves in the agreement, pounds a year."""
    return sum((one.annual_amount for one in option.funding.all()), Decimal(0))


def _column(option: AppraisedOption, scores: Scores, weights: Weights, order: Order) -> OptionColumn:
    return OptionColumn(
        option=option,
        name=f"Option {option.number} ({option.name})",
        total=weighted_score(scores[option.pk], weights),
        rank=ranks(order).get(option.pk, 0),
        is_shared_rank=any(option.pk in tied and len(tied) > 1 for tied in order),
    )


def _row(criterion: Criterion, options: Sequence[AppraisedOption], weights: Weights) -> ScoreRow:
    whole = sum(weights.values(), Decimal(0))
    held = [(option.number, {score.criterion_id: score for score in option.scores.all()}) for option in options]
    return ScoreRow(
        criterion=criterion,
        share=HUNDRED * criterion.weight / whole if whole else Decimal(0),
        scores=tuple((number, scores.get(criterion.pk)) for number, scores in held),
    )


def _tried(
    criteria: Sequence[Criterion], scores: Scores, weights: Weights, names: dict[int, str]
) -> tuple[TriedWeight, ...]:
    whole = sum(weights.values(), Decimal(0))
    return tuple(
        tried_weight(one.name, sensitivity(scores, weights, one.pk), whole, names) for one in criteria if one.weight
    )


def _funding(appraisal: OptionsAppraisal, options: Sequence[AppraisedOption]) -> tuple[FundingRow, ...]:
    held = [(one.number, {row.element_id: row.annual_amount for row in one.funding.all()}) for one in options]
    named = {key for _, amounts in held for key in amounts}
    elements = appraisal.agreement.elements.filter(pk__in=named).order_by("position", "pk")
    return tuple(FundingRow(one, tuple((number, amounts.get(one.pk)) for number, amounts in held)) for one in elements)
