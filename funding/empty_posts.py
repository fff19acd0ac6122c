"""Empty posts in words: from how many of how many, to the amount that is deducted. Pure."""

from decimal import Decimal

from contracts.formatting import decimal_text, money, rounded, term
from funding.deductions import Posts


def empty_posts_in_words(element: str, instalment: Decimal, posts: Posts, pounds_a_year: Decimal | None) -> str:
    """ "3.1 of 5.0 WTE empty in Kent Health Needs Education Service, so 62% of £20,000.00"."""
    empty = f"{decimal_text(posts.empty)} of {decimal_text(posts.funded)} WTE empty in {element}"
    if pounds_a_year is not None:
        return f"{empty}, at {money(pounds_a_year)} a year for each, a twelfth of it a month"
    if not posts.funded:
        return empty
    return f"{empty}, so {term(rounded(posts.empty / posts.funded * 100, 1), 'percent')} of {money(instalment)}"
