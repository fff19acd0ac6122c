"""What was funded and not spent since the first month: chart, reading and table."""

from funding.charts import running_totals
from funding.ledger import Ledger
from funding.money_page.shapes import RunningTotals
from funding.money_sentences import before_and_after, running_reading
from funding.money_sums import Total, running_left, total_of


def running(ledger: Ledger, since: Total) -> RunningTotals:
    """The running totals of the ledger, before deductions; without any open book there is no chart."""
    entries = {element.code: ledger.of_element(element) for element in ledger.elements}
    totals = {element.short_name: running_left(entries[element.code], ledger.months) for element in ledger.elements}
    is_known = since.left is not None
    columns = [*totals.values(), running_left(ledger.entries, ledger.months)]
    rows = [(month, tuple(column[at] for column in columns)) for at, month in enumerate(ledger.months)]
    return RunningTotals(
        figure=running_totals(ledger.months, totals) if is_known else None,
        reading=running_reading({code: total_of(held) for code, held in entries.items()}, since, ledger.names),
        notes=before_and_after(since, ledger.months[0], ledger.agreement.starts_on),
        names=tuple(totals),
        rows=tuple(rows[::-1]),
    )
