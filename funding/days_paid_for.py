"""Which days a funding line pays for: those it is in force on, of its agreement and of its element."""

from datetime import date, timedelta

from contracts.models import Agreement
from contracts.periods import month_end
from funding.models import FundingLine


def days_paid_for(line: FundingLine, agreement: Agreement) -> tuple[date, date]:
    """The half-open range of days: a line without an end, or with a later one, ends with its agreement and element."""
    begins = [line.in_force_from, agreement.starts_on]
    ends = [line.in_force_until, agreement.ends_on]
    if line.element is not None:
        begins.append(line.element.in_force_from)
        ends.append(line.element.in_force_until)
    return max(begins), min(end for end in ends if end is not None)


def judged_on(month: date, agreement: Agreement) -> date:
    """The day whose terms a month is judged by: its last, or the agreement's last where that ends within it."""
    return min(month_end(month), agreement.ends_on - timedelta(days=1))
