"""What is deducted from an instalment for posts that were paid for and are empty. Pure; pounds in exact pence."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from funding.instalments import MONTHS_OF_A_YEAR, PENNY

WHOLE_MONTH = Fraction(1)


@dataclass(frozen=True, slots=True)
class Posts:
    """Whole-time equivalents of one element in one month; `temporary` is None where they do not count as in post."""

    funded: Decimal
    in_post: Decimal
    temporary: Decimal | None = None

    @property
    def empty(self) -> Decimal:
        """Funded posts that nobody held; never below zero, since more staff than funded is no shortfall."""
        return max(Decimal(0), self.funded - self.in_post - (self.temporary or Decimal(0)))


def share_of_empty_posts(instalment: Decimal, posts: Posts) -> Decimal:
    """The share of the instalment that the empty posts are of the funded ones, to the nearest penny.

    3.1 of 5.0 whole-time equivalents empty: 62 % of £20,000.00 is £12,400.00. No funded posts, no shortfall.
    """
    if not posts.funded:
        return Decimal(0).quantize(PENNY)
    return (instalment * posts.empty / posts.funded).quantize(PENNY, rounding=ROUND_HALF_UP)


def rate_for_empty_posts(pounds_a_year: Decimal, posts: Posts, part: Fraction = WHOLE_MONTH) -> Decimal:
    """A twelfth of the yearly rate for each empty whole-time equivalent, to the nearest penny.

    Of a month that an instalment is due for in `part` only, by days, that part of it.
    """
    of_part = pounds_a_year * posts.empty * part.numerator / (MONTHS_OF_A_YEAR * part.denominator)
    return of_part.quantize(PENNY, rounding=ROUND_HALF_UP)


def shortfall(
    instalment: Decimal, posts: Posts, pounds_a_year: Decimal | None, part: Fraction = WHOLE_MONTH
) -> Decimal:
    """What is deducted for the empty posts of a month, never more than the instalment itself.

    With `pounds_a_year` for one whole-time equivalent the rate decides, for the `part` of the month that is paid
    for; without it the share of empty posts, which the instalment bears by days already.
    Source of the reduction for KHNES: 004 §2.8, which gives no amounts.
    """
    amount = share_of_empty_posts(instalment, posts)
    if pounds_a_year is not None:
        amount = rate_for_empty_posts(pounds_a_year, posts, part)
    return min(instalment, amount)
