"""What the open book's page says in words, made by rules from its sums. Imports no Django."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from contracts.formatting import count_of, money, month_name, percent
from funding.money_sums import Total


def headline(provider: str, of_what: str, period: str, total: Total) -> str:
    """What was spent on an element, or all of them; `period` as in "in August 2019"."""
    if total.spent is None:
        return f"What {provider} spent on {of_what} {period} is not known"
    return f"{provider} spent {money(total.spent)} on {of_what} {period}"


def reading(total: Total, categories: Sequence[str], amounts: Sequence[Decimal | None], count_of_months: int) -> str:
    """The largest category with its share, what was not spent of what was due, and which months were left out."""
    if total.spent is None or total.left is None:
        return "No open book of the period can be added up, so nothing is said of it."
    said = [_largest(categories, amounts, total.spent), _left(total)]
    if total.without_spend:
        months = len({one.month for one in total.without_spend})
        said.append(f"Of {count_of(count_of_months, 'month')}, {months} cannot be counted whole.")
    return " ".join(sentence for sentence in said if sentence)


def months_reading(months: Sequence[tuple[date, Decimal | None]]) -> str:
    """The dearest and the cheapest month, and how many months cannot be shown."""
    known = [(amount, month) for month, amount in months if amount is not None]
    if not known:
        return "No month has a whole open book."
    lacking = len(months) - len(known)
    gaps = f" {count_of(lacking, 'month')} cannot be shown, for want of a whole open book." if lacking else ""
    (least, cheapest), (most, dearest) = min(known), max(known)
    if least == most:
        return f"Each month cost {money(most)}.{gaps}"
    return f"From {money(least)} in {month_name(cheapest)} to {money(most)} in {month_name(dearest)}.{gaps}"


def _largest(categories: Sequence[str], amounts: Sequence[Decimal | None], spent: Decimal) -> str:
    known = [(amount, category) for category, amount in zip(categories, amounts, strict=True) if amount]
    if not known or not spent:
        return ""
    amount, category = max(known, key=lambda pair: pair[0])
    return f"{category} is the largest cost: {money(amount)} of {money(spent)}, {percent(amount / spent * 100)}."


def _left(total: Total) -> str:
    if total.left is None or not total.due_of_spent:
        return ""
    if total.left < 0:
        return f"That is {money(-total.left)} more than the instalments of {money(total.due_of_spent)}."
    return f"{money(total.left)} of the instalments, {money(total.due_of_spent)}, is unspent or was spent elsewhere."
