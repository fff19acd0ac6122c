"""What a characteristic's month shows, in sentences made by rules of the counts that are shown. Pure."""

from contracts.formatting import count_of, month_name, whole
from contracts.periods import MONTHS_OF_A_YEAR, add_months
from performance.equality.shapes import (
    NIL_RETURN,
    NO_RETURN,
    NOT_ASKED,
    Characteristic,
    Seen,
    never_shown,
)


def reading(characteristic: Characteristic) -> str:
    """The largest groups with their share, what they were a year before, and how many counts are hidden or missing."""
    now, month = characteristic.now, month_name(characteristic.now.month)
    if now.instead is not None:
        return _instead(characteristic.name, now.instead, month)
    shown = [(group, seen) for group, seen in characteristic.rows if seen.count is not None]
    if not shown:
        return f"No count can be shown for {month}. {_left_out(characteristic)}".strip()
    most = max(seen.count or 0 for _, seen in shown)
    largest = [(group, seen) for group, seen in shown if seen.count == most]
    sentences = [_largest(characteristic, largest), _year_before(characteristic, largest), _left_out(characteristic)]
    return " ".join(sentence for sentence in sentences if sentence)


def notes(characteristic: Characteristic) -> str:
    """What belongs below the chart: what a gap is, and which groups have no line."""
    without = never_shown(characteristic)
    gap = "A gap is a month whose count is not reported." if characteristic.is_exact else GAPS
    return f"{gap} Not drawn, because no month shows a count: {'; '.join(without)}." if without else gap


GAPS = "A gap is a month whose count is hidden or not reported: it is not nought."


def _instead(name: str, seen: Seen, month: str) -> str:
    said = {
        NO_RETURN: f"No return for {month} has been accepted.",
        NIL_RETURN: f"The return for {month} is a nil return.",
        NOT_ASKED: f"The return for {month} was not asked for {name}.",
    }
    return said.get(seen.text, f"{name} is {seen.text} for {month}.")


def _largest(characteristic: Characteristic, largest: list[tuple[str, Seen]]) -> str:
    """ "Male is the largest group in August 2019: about 100 children, about 52% of 191." """
    now, seen = characteristic.now, largest[0][1]
    if not seen.count:
        return f"No group has a child in {month_name(now.month)}."
    of_total = f", {seen.share_text} of {whole(now.total)}" if seen.share_text else ""
    verb = "is the largest group" if len(largest) == 1 else "are the largest groups"
    each = "" if len(largest) == 1 else " each"
    children = _children(characteristic, seen)
    return f"{_listed([g for g, _ in largest])} {verb} in {month_name(now.month)}: {children}{each}{of_total}."


def _year_before(characteristic: Characteristic, largest: list[tuple[str, Seen]]) -> str:
    before = add_months(characteristic.now.month, -MONTHS_OF_A_YEAR)
    seen = characteristic.seen_in(before, largest[0][0])
    if len(largest) > 1 or seen is None or not seen.count:
        return ""
    return f"A year before, it was {', '.join(filter(None, [_children(characteristic, seen), seen.share_text]))}."


def _children(characteristic: Characteristic, seen: Seen) -> str:
    children = count_of(seen.count or 0, "child", "children")
    return children if characteristic.is_exact else f"about {children}"


def _left_out(characteristic: Characteristic) -> str:
    """ "2 of 3 counts are hidden, and 1 is not reported." """
    counts = [seen for _, seen in characteristic.rows]
    hidden, missing = sum(s.is_hidden for s in counts), sum(s.count is None and not s.is_hidden for s in counts)
    parts = [f"{number} {'is' if number == 1 else 'are'} {what}" for number, what in _left(hidden, missing) if number]
    return f"Of {count_of(len(counts), 'count')}, {' and '.join(parts)}." if parts else ""


def _left(hidden: int, missing: int) -> tuple[tuple[int, str], ...]:
    return (hidden, "hidden"), (missing, "not reported")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
