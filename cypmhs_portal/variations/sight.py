"""Which variations of an agreement somebody sees: what was proposed, and the drafts of their own side."""

from django.db.models import Prefetch, Q, QuerySet

from contracts.access import Standing
from contracts.models import Variation, VariationSignatory, VariationSignature
from contracts.permissions import Permission
from contracts.variations.sides import acts_for


def visible_variations(standing: Standing) -> QuerySet[Variation]:
    """The variations that the reader may see."""
    may_draft = standing.may(Permission.PROPOSE_VARIATION)
    own = acts_for(standing.user, standing.agreement, Permission.PROPOSE_VARIATION) if may_draft else []
    seen = Q(proposed_at__isnull=False) | Q(drafted_for__in=own)
    rows = Variation.objects.filter(seen, agreement=standing.agreement)
    return rows.select_related("agreement", "drafted_for", "decision", "replaces").prefetch_related(
        "parts",
        Prefetch("signatories", VariationSignatory.objects.select_related("organisation").order_by("pk")),
        Prefetch("signatures", VariationSignature.objects.select_related("organisation").order_by("pk")),
    )
