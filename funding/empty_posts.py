"""Empty posts as they are kept with a payment and said in a sentence. Imports no Django."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from contracts.formatting import plain
from funding.deductions import Posts


def posts_as_kept(
    amount: Decimal | None, posts: Posts | None, sources: Sequence[dict[str, Any]], rate: int, why_not: str = ""
) -> dict[str, Any]:
    """What a deduction was worked out from, as JSON keeps it: decimals as text, cells, and why it is not known."""
    kept: dict[str, Any] = {"amount": _text(amount), "why_not": why_not, "rate": rate, "sources": list(sources)}
    if posts is not None:
        kept |= {
            "funded": _text(posts.funded),
            "in_post": _text(posts.in_post),
            "temporary": _text(posts.temporary),
            "empty": _text(posts.empty),
        }
    return kept


def kept_amount(kept: dict[str, Any]) -> Decimal | None:
    """The deduction as it was worked out, in pounds: None where it was not known, £0.00 where there was no rate."""
    if not kept:
        return Decimal("0.00")
    return None if kept["amount"] is None else Decimal(kept["amount"])


def kept_posts(kept: dict[str, Any]) -> Posts | None:
    """The posts as they were kept; None where they were not known or there was no rate."""
    if "funded" not in kept:
        return None
    temporary = kept["temporary"]
    return Posts(Decimal(kept["funded"]), Decimal(kept["in_post"]), None if temporary is None else Decimal(temporary))


def sentence_of(posts: Posts) -> str:
    """ "3.1 of 5.0 funded WTE empty"."""
    return f"{wte(posts.empty)} of {wte(posts.funded)} funded WTE empty"


def wte(value: Decimal) -> str:
    """Whole-time equivalents with at least one decimal: "5.0", "2.45"."""
    text = plain(value)
    return text if "." in text else f"{text}.0"


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"
