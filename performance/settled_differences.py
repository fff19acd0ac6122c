"""Which differences of a month are settled: those that an explanation names which the other side signed."""

from performance.models import Difference
from performance.month_reconciled import MonthReconciled


def settled_differences(worked: MonthReconciled) -> int:
    """How many of the differences worked out just now are settled; one that has changed since is not."""
    if not worked.differences:
        return 0
    signed = Difference.objects.filter(
        agreement=worked.agreement,
        month=worked.month,
        known_until__isnull=True,
        explanations__answer__is_signed=True,
    )
    settled = set(signed.values_list("reference", "kind", "area__code", "provider_says", "council_says"))
    return sum(
        (one.reference, one.kind.value, one.area, one.provider_says, one.council_says) in settled
        for one in worked.differences
    )
