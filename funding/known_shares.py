"""A share as pages and commands give it: worked out, or not available with its reason."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.formatting import percent
from funding.shares import Share
from funding.spent import Spent
from performance.models import Figure
from performance.queries import NOT_AVAILABLE, exact_text


@dataclass(frozen=True, slots=True)
class KnownShare:
    """`part` of `whole` in percent, unrounded; `percent` None always has a `reason`.

    With `figure`, the numbers are those of the kept figure, which leads to where they come from.
    """

    percent: Decimal | None
    part: Decimal | None
    whole: Decimal | None
    reason: str = ""
    figure: Figure | None = None

    def as_record(self) -> dict[str, str | None]:
        """As commands give it: exact numbers as text, the share as shown, and why there is none."""
        return {
            "percent": exact_text(self.percent),
            "shown": NOT_AVAILABLE if self.percent is None else percent(self.percent).rstrip("%"),
            "part": exact_text(self.part),
            "whole": exact_text(self.whole),
            "reason": self.reason,
        }


def share_of_figure(figure: Figure | None, without: str) -> KnownShare:
    """The share that a figure keeps; `without` says why there is no figure."""
    if figure is None:
        return KnownShare(None, None, None, without)
    return KnownShare(figure.value, figure.numerator, figure.denominator, figure.reason, figure)


def share_of_spent(part: Spent, whole: Spent) -> KnownShare:
    """The share of one sum of the open book in another."""
    reason = part.why_not or whole.why_not
    found = None if reason else Share(part.amount, whole.amount).percent
    if found is None and not reason:
        reason = "Nothing was spent on any element."
    return KnownShare(found, part.amount, whole.amount, reason)
