"""Ends of elements that are proposed and not agreed."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from contracts.models import ServiceElement, VariationMove, VariationPart
from contracts.variations.moves import VariationState
from contracts.variations.own_subjects import ELEMENTS
from contracts.variations.subjects import key_of
from cypmhs_portal.exits.endings import Ending


def proposed_endings(element: ServiceElement, as_at: datetime | None = None) -> Iterator[Ending]:
    """The ends of `element` that variations proposed at `as_at`, None for now. Drafts are left out. One query."""
    parts = VariationPart.objects.filter(
        _was_proposed(as_at),
        variation__agreement=element.agreement_id,
        subject=ELEMENTS.code,
        thing=key_of(element.pk),
        values__isnull=True,
    )
    for part in parts.select_related("variation").order_by("pk"):
        one = part.variation
        yield Ending(
            one.in_force_from,
            is_proposed=True,
            source=f"Variation {one.short_number}: {one.title}",
            url=reverse("variation_detail", args=[element.agreement.reference, one.number]),
        )


def _was_proposed(as_at: datetime | None) -> Q:
    """Whether the variation of a part lay before the parties at `as_at`: proposed by then, and not ended by then."""
    if as_at is None:
        return Q(variation__state=VariationState.PROPOSED)
    moves = VariationMove.objects.filter(at__lte=as_at)
    entered = moves.filter(to_state=VariationState.PROPOSED).values("variation")
    left = moves.filter(from_state=VariationState.PROPOSED).values("variation")
    return Q(variation__in=entered) & ~Q(variation__in=left)
