"""Two caseloads of a month in sentences. Pure."""

from contracts.formatting import count_of, whole
from performance.reconciliation import Kind
from performance.reconciliation_pages.counts import Counts


def headline(counts: Counts, provider: str, council: str, reason: str = "") -> str:
    """What the month's two caseloads come to, in sentences."""
    if reason:
        return reason
    if not any(counts.of_kind.values()):
        return f"{provider} and {council} hold the same {_children(counts.provider)}, alike in all that is compared."
    first = (
        f"{provider} lists {_children(counts.provider)}, and {council}’s system holds {whole(counts.council)}: "
        f"{whole(counts.matched)} {_is_are(counts.matched)} held by both."
    )
    return " ".join(part for part in (first, _only(counts, provider, council), _unlike(counts)) if part)


def _only(counts: Counts, provider: str, council: str) -> str:
    held = ((Kind.PROVIDER_ONLY, provider), (Kind.COUNCIL_ONLY, council))
    parts = [f"{whole(count)} by {name} only" for kind, name in held if (count := counts.of_kind[kind])]
    return f"Held {' and '.join(parts)}." if parts else ""


def _unlike(counts: Counts) -> str:
    words = {
        Kind.OPENED_DIFFERS: "opened on different days",
        Kind.ROUTE_DIFFERS: "came in by different routes",
        Kind.AREA_DIFFERS: "are held in different areas",
    }
    parts = [f"{whole(count)} {text}" for kind, text in words.items() if (count := counts.of_kind[kind])]
    return f"Of those held by both, {listed(parts)}." if parts else ""


def listed(parts: list[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _children(count: int | None) -> str:
    return count_of(count or 0, "child", "children")


def _is_are(count: int | None) -> str:
    return "is" if count == 1 else "are"
