"""Terms that need attention: variations that wait for a signature."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse

from contracts.formatting import day
from contracts.models import VariationSignatory, VariationSignature
from contracts.variations.moves import VariationState
from cypmhs_portal.dashboards.attention_shapes import Attention, LookedAt
from cypmhs_portal.variations.who_may import names_of, waiting_for


def variations_to_sign(looked: LookedAt) -> Iterator[Attention]:
    """The variations that were proposed and that not every party has signed."""
    proposed = looked.agreement.variations.filter(state=VariationState.PROPOSED).prefetch_related(
        Prefetch("signatories", VariationSignatory.objects.select_related("organisation").order_by("pk")),
        Prefetch("signatures", VariationSignature.objects.select_related("organisation").order_by("pk")),
    )
    for variation in proposed.order_by("in_force_from", "pk"):
        yield Attention(
            state="To sign",
            colour="yellow",
            what=f"Variation {variation}",
            url=reverse("variation_detail", args=[looked.agreement.reference, variation.number]),
            detail=f"Proposed to be in force from {day(variation.in_force_from)}",
            who=names_of(waiting_for(variation)),
        )
