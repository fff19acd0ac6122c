"""What an event changed, in plain words: pounds as pounds, days as days."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from contracts.formatting import day, moment, money, month_name
from contracts.levers.ladder import NoticeStage
from contracts.periods import parse_month
from contracts.variations.moves import VariationState
from funding.audit_pages.cells import NOTHING
from funding.models import Direction, ItemKind, PaymentKind, ShortfallBasis
from funding.payment_moves import PaymentState

POUNDS = re.compile(r"-?[0-9]{1,15}\.[0-9]{2}")
# As it was typed where events kept that: "217000", "1E+5".
TYPED_POUNDS = re.compile(r"-?[0-9]{1,15}(\.[0-9]{0,2})?(E\+?[0-9])?", re.IGNORECASE | re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9:]+)")
# What was not said at all, which is other than having said "none".
ABSENT = ""
# Numbers with two decimals that are no pounds.
NOT_POUNDS = ("wte", "posts", "share", "percent", "funded", "in_post", "temporary")
IN_POUNDS = ("pounds", "amount")
ITEM_ORDER = ("direction", "amount", "element", "kind", "for_month", "reason")
LEFT_OUT = frozenset({"id", "agreement", "agreement_id", "payment_id", "subjects"})
LABELS = {
    "in_force_from": "First day in force",
    "in_force_until": "First day out of force",
    "annual_amount": "Pounds a year",
    "pounds_per_wte": "Pounds a year for one whole-time equivalent",
    "is_met": "Met",
    "to_state": "State",
    "for_month": "Of the month",
    "left_out": "Proposed and left out",
    "parts": "What changes",
    "on": "On",
}
CHOICES: dict[str, dict[str, Any]] = {
    "state": {**dict(VariationState.choices), **dict(PaymentState.choices)},
    "stage": dict(NoticeStage.choices),
    "from_state": dict(PaymentState.choices),
    "to_state": dict(PaymentState.choices),
    "basis": dict(ShortfallBasis.choices),
    "direction": dict(Direction.choices),
    "kind": {**dict(PaymentKind.choices), **dict(ItemKind.choices)},
}


def changes(before: Any, after: Any, elements: Mapping[str, str]) -> tuple[str, ...]:
    """One sentence for each value that was, is, or is now another; `elements` are their names by code."""
    old, new = dict(_flat(before)), dict(_flat(after))
    paths = [*old, *(path for path in new if path not in old)]
    pairs = [(_label(path, elements), old.get(path, ABSENT), new.get(path, ABSENT)) for path in paths]
    return tuple(
        _sentence(name, was, now) for name, was, now in pairs if was != now and {was, now} != {ABSENT, NOTHING}
    )


def _sentence(name: str, old: str, new: str) -> str:
    if old == ABSENT:
        return f"{name}: {new}"
    return f"{name}: {old} no longer" if new == ABSENT else f"{name}: from {old} to {new}"


def _flat(value: Any, *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each value that is no table or list, under the names that lead to it."""
    held = _held_by(value)
    if path and _is_list_of_items(value):
        for number, item in enumerate(value, start=1):
            yield (*path, str(number)), _item_in_words(item)
    elif held is not None:
        for name, inner in held:
            yield from _flat(inner, *path, name)
    elif path:
        values = value if isinstance(value, list) else [value]
        yield path, ", ".join(_written(path[-1], one) for one in values) or NOTHING
    elif value is not None:
        yield ("said",), str(value)


def _is_list_of_items(value: Any) -> bool:
    """Whether it is the items of a payment, each told best in one line."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "amount" in one for one in value)


def _item_in_words(item: Mapping[str, Any]) -> str:
    """ "Deduction; £12,400.00; KHNES; Empty posts; August 2019; 3.1 of 5.0 …": what it rests on stands last."""
    names = [*ITEM_ORDER, *sorted(item.keys() - set(ITEM_ORDER))]
    return "; ".join(_written(name, item[name]) for name in names if item.get(name))


def _held_by(value: Any) -> list[tuple[str, Any]] | None:
    """What a table or a list of tables holds, by name or number; None for a value, or a list of values."""
    if isinstance(value, dict):
        return [(str(name), inner) for name, inner in value.items() if name not in LEFT_OUT]
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return [(str(number), inner) for number, inner in enumerate(value, start=1)]
    return None


def _label(path: tuple[str, ...], elements: Mapping[str, str]) -> str:
    text = ", ".join(_word(name, elements) for name in path)
    return text[:1].upper() + text[1:]


def _word(name: str, elements: Mapping[str, str]) -> str:
    """A name in a record as a page says it: of a field, an element or a month."""
    if MONTH.fullmatch(name):
        return month_name(parse_month(name))
    return elements.get(name) or LABELS.get(name) or name.replace("_", " ")


def _written(name: str, value: Any) -> str:
    """A stored value as a page says it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(value)
    return str(CHOICES.get(name, {}).get(value) or _day_or_pounds(name, value))


def _day_or_pounds(name: str, text: str) -> str:
    try:
        if DAY.fullmatch(text):
            held = date.fromisoformat(text)
            return month_name(held) if "month" in name else day(held)
        if MOMENT.fullmatch(text):
            return moment(timezone.localtime(datetime.fromisoformat(text)))
    except (ValueError, OverflowError):
        return text
    if any(word in name for word in IN_POUNDS):
        return money(Decimal(text)) if TYPED_POUNDS.fullmatch(text) else text
    is_pounds = not any(word in name for word in NOT_POUNDS)
    return money(Decimal(text)) if is_pounds and POUNDS.fullmatch(text) else text
