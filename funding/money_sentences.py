"""What the page of money says in words, made by rules from its sums. Imports no Django."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from contracts.formatting import count_of, money, month_name, percent, pounds
from funding.money_sums import Entry, Total

Names = Mapping[str, str]


def headline(provider: str, month: date, total: Total, names: Names) -> str:
    """Spent against the month's instalments: less, more, the same, or not known."""
    if total.left is None:
        if not total.without_spend:
            return f"No instalment was due for {month_name(month)}"
        return f"What {provider} spent of {month:%B}’s instalments is not known"
    left_out = f", leaving out {_list([names[one.element] for one in total.without_spend])}"
    return _against(provider, month, total.left) + (left_out if total.without_spend else "")


def _against(provider: str, month: date, left: Decimal) -> str:
    if left == 0:
        return f"{provider} spent exactly {month:%B}’s instalments on what they pay for"
    size = "less" if left > 0 else "more"
    return f"{provider} spent {money(abs(left))} {size} than {month:%B}’s instalments on what they pay for"


def lead(
    entries: Sequence[Entry], total: Total, since: Total, first: date, names: Names, is_proposed: bool = False
) -> str:
    """The largest part of the month's gap, what is (or would be) deducted, and what has been left since the first."""
    said = (_largest(entries, total, names), _deducted(total, names, is_proposed), _since(since, first))
    return " ".join(sentence for sentence in said if sentence)


def _largest(entries: Sequence[Entry], total: Total, names: Names) -> str:
    """The element with most of the gap. Only where each points the same way, or a share would mislead."""
    known = [(one.left, one) for one in entries if one.left is not None]
    if not total.left or len(known) == 1 or any(left * total.left < 0 for left, _ in known):
        return ""
    left, one = max(known, key=lambda pair: abs(pair[0]))
    return f"{names[one.element]} is {money(abs(left))} of it, {percent(left / total.left * 100)}."


def _deducted(total: Total, names: Names, is_proposed: bool) -> str:
    if total.without_deduction:
        return f"What to deduct is not known for {_list([names[one.element] for one in total.without_deduction])}."
    added = f" and {money(total.added)} added" if total.added else ""
    if not total.deducted:
        return f"Nothing is deducted{added}."
    return f"{money(total.deducted)} {'would be' if is_proposed else 'is'} deducted{added}."


def _since(since: Total, first: date) -> str:
    if since.left is None:
        return "No open book has been accepted so far."
    if since.left < 0:
        return (
            f"Since {month_name(first)} the open book shows {money(-since.left)} more than the "
            f"{money(since.due_of_spent)} due."
        )
    return (
        f"Since {month_name(first)} the open book leaves {money(since.left)} of {money(since.due_of_spent)} "
        f"unspent or spent elsewhere.{_gaps(since)}"
    )


def _gaps(since: Total) -> str:
    months = len({one.month for one in since.without_spend})
    if not months:
        return ""
    return f" {count_of(months, 'month')} left out, for want of a whole open book."


def left_out(total: Total, names: Names) -> tuple[str, ...]:
    """What the row of totals leaves out, a sentence for each kind."""
    said = []
    if total.without_spend:
        said.append(
            f"The totals of what was spent leave out {_list([names[one.element] for one in total.without_spend])}."
        )
    if total.without_deduction:
        lacking = _list([names[one.element] for one in total.without_deduction])
        said.append(f"What is deducted and to pay in all is not known while the deduction of {lacking} is not.")
    return tuple(said)


def running_reading(by_element: Mapping[str, Total], every: Total, names: Names) -> str:
    """The element that makes up most of what was funded and not spent, and its mean month."""
    known = [(code, total.left) for code, total in by_element.items() if total.left is not None]
    if every.left is None or not known:
        return "No open book has been accepted, so what was not spent is not available."
    code, left = max(known, key=lambda pair: pair[1])
    if left <= 0:
        return "No element has had more in instalments than the open book shows as spent."
    mean = pounds(left / by_element[code].entries_with_spend)
    return f"{names[code]} makes up {money(left)} of {money(every.left)}, on average {mean} a month."


def before_and_after(since: Total, first: date, starts_on: date) -> str:
    """The running total before and after deductions, and where it begins."""
    begins = f"The open book begins in {month_name(first)}; the agreement began in {month_name(starts_on)}."
    if since.left is None:
        return begins
    if since.left_after is None:
        return f"Before deductions, which are not all known. {begins}"
    taken = since.left - since.left_after
    if not taken:
        return f"Nothing was deducted, so before and after deductions it is the same. {begins}"
    return (
        f"Before deductions {money(since.left)}; after {money(taken)} deducted or to be deducted since "
        f"{month_name(first)}, {money(since.left_after)}. {begins}"
    )


def _list(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"; each name once."""
    once = list(dict.fromkeys(names))
    return " and ".join([", ".join(once[:-1]), once[-1]] if len(once) > 1 else once)
