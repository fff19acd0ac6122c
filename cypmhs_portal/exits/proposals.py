"""Ends of elements that are proposed and not agreed."""

from collections.abc import Iterator

from django.urls import reverse

from contracts.models import ServiceElement, VariationPart
from contracts.variations.moves import VariationState
from contracts.variations.own_subjects import ELEMENTS
from contracts.variations.subjects import key_of
from cypmhs_portal.exits.endings import Ending


def proposed_endings(element: ServiceElement) -> Iterator[Ending]:
    """The ends of `element` that open variations propose. Drafts are their own side's and are left out. One query."""
    parts = VariationPart.objects.filter(
        variation__agreement=element.agreement_id,
        variation__state=VariationState.PROPOSED,
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
