"""The annual statements that were prepared, and the figures they were prepared with."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from contracts.models import Agreement, Organisation
from funding.models import AnnualStatement
from funding.statement_sums import NOTHING
from funding.statement_words import AMOUNTS, Amounts


def statements_held(agreement: Agreement, payer: Organisation) -> QuerySet[AnnualStatement]:
    """Every version of every year's statement with its certificate, newest first."""
    held = agreement.annual_statements.filter(payer=payer)
    return held.select_related("certificate", "payer", "recipient").order_by("-year_start", "-number")


def of_year(agreement: Agreement, payer: Organisation, year_start: date) -> list[AnnualStatement]:
    """The versions of one year with their lines, newest first."""
    held = statements_held(agreement, payer).filter(year_start=year_start)
    return list(held.prefetch_related("lines__element"))


def amounts_as_prepared(statement: AnnualStatement) -> Mapping[int, Amounts]:
    """Each element's amounts as the statement has them."""
    return {line.element_id: {name: getattr(line, name) for name in AMOUNTS} for line in statement.lines.all()}


def paid_as_prepared(statement: AnnualStatement) -> Decimal:
    """What the statement says was paid."""
    return sum((line.paid for line in statement.lines.all()), NOTHING)
