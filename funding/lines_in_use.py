"""Which payments a funding line was used by, and what follows when it is changed after that."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from contracts.formatting import month_name
from contracts.periods import add_months, month_start
from funding.models import FundingLine, PaymentLine
from funding.payment_moves import LIVE


def is_in_use(line: FundingLine) -> bool:
    """Whether a payment, of whatever state, was worked out from the funding line."""
    return _uses(line).exists()


def words_of_use(line: FundingLine, since: date | None) -> str:
    """What follows for the payments that used the line for days from `since` on; empty where there are none.

    What was paid stays as it was certified; the difference is proposed as a correction.
    """
    if since is None:
        return ""
    used = _uses(line).filter(payment__state__in=LIVE, payment__month__gte=month_start(since))
    months = sorted(set(used.values_list("payment__month", flat=True)))
    if not months:
        return ""
    what = "The payment of" if len(months) == 1 else "Payments of"
    return f"{what} {_in_words(months)} used this line: the next payment proposes the difference as a correction."


def _uses(line: FundingLine) -> QuerySet[PaymentLine]:
    return PaymentLine.objects.filter(payment__agreement=line.agreement_id, terms__contains=[{"funding_line": line.pk}])


def _in_words(months: Sequence[date]) -> str:
    """ "April to July 2019", "April 2019", "May to June 2019 and March 2020": months in a row by their ends."""
    rows: list[list[date]] = []
    for month in months:
        if rows and add_months(rows[-1][-1], 1) == month:
            rows[-1].append(month)
        else:
            rows.append([month])
    texts = [_row_in_words(row[0], row[-1]) for row in rows]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _row_in_words(first: date, last: date) -> str:
    if first == last:
        return month_name(first)
    return (
        f"{first:%B} to {month_name(last)}" if first.year == last.year else f"{month_name(first)} to {month_name(last)}"
    )
