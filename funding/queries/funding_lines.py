"""The one reading of who pays how much a year for what, as agreed now or as it was agreed at an earlier moment."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from contracts.models import Agreement
from contracts.queries.as_agreed import as_agreed, signed_since
from contracts.variations.own_subjects import ELEMENTS
from funding.models import FundingLine
from funding.varying import FUNDING

BY_ELEMENT = ("element__position", "element_id", "in_force_from", "pk")


def funding_lines(
    agreement: Agreement, as_at: datetime | None = None, *, of: Q | None = None, order: Sequence[str] = BY_ELEMENT
) -> list[FundingLine]:
    """The agreement's funding lines as agreed at `as_at`, None for now, each with its funder and its element.

    `of` picks some of them by what no variation changes: funder and element. What a variation signed after `as_at`
    began is left out, and lines and elements have the ends that they had then. Two queries at most.
    """
    rows = agreement.funding_lines.filter(of or Q()).select_related("funder", "element").order_by(*order)
    since = signed_since(agreement, as_at)
    lines = as_agreed(FUNDING, rows, since)
    as_agreed(ELEMENTS, [line.element for line in lines if line.element], since)
    return lines
