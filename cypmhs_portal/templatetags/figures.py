"""Filters that write numbers and dates; the rules are in contracts.formatting."""

from datetime import datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from contracts import formatting

register = template.Library()

for write in (
    formatting.money,
    formatting.pounds,
    formatting.percent,
    formatting.whole,
    formatting.plain,
    formatting.change,
    formatting.difference,
    formatting.month_name,
    formatting.month_short,
    formatting.day,
    formatting.weekday,
):
    register.filter(write.__name__, write)

register.filter("decimal", formatting.decimal_text)


@register.filter
def quantity(value: Decimal | int | None, unit: str) -> str:
    """`{{ 191|quantity:"children" }}` is "191 children"."""
    return formatting.quantity(value, unit)


@register.filter
def number_in(value: Decimal | int | None, unit: str) -> str:
    """`{{ 38|number_in:"percent" }}` is "38.0%"; a unit that is a word is left to the heading."""
    return formatting.number_in(value, unit)


@register.filter
def term(value: Decimal | int | None, unit: str) -> str:
    """`{{ 90|term:"percent" }}` is "90%": an agreed value with the decimals it was agreed with."""
    return formatting.term(value, unit)


@register.filter
def moment(value: datetime | None) -> str:
    """`{{ version.accepted_at|moment }}` is "18 September 2019 at 10:42am", in the portal's time zone."""
    if value is None:
        return ""
    return formatting.moment(timezone.localtime(value) if timezone.is_aware(value) else value)


@register.filter
def counted(number: int, nouns: str) -> str:
    """`{{ 1|counted:"error" }}` is "1 error"; `{{ 2|counted:"child,children" }}` is "2 children"."""
    one, _, many = nouns.partition(",")
    return formatting.count_of(number, one, many)
