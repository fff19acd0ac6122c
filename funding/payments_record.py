"""A financial year of money as commands give it: amounts as text with pence, null with a reason where unknown."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from contracts.models import Agreement, Purpose, ServiceElement
from funding.instalments import PENNY
from funding.queries.shares import Held, kept_share
from funding.year_of_money import ElementMoney, KnownTotal, MonthMoney, Sum, Totals, YearOfMoney, totals


class YearShares:
    """The shares that the portal keeps of each month, by element."""

    def __init__(self, held: Held, elements: Iterable[ServiceElement]) -> None:
        self.held = held
        self.elements = {element.code: element for element in elements}

    def record(self, code: str, purpose: Purpose, month: date) -> dict[str, str | None]:
        """One share with both its numbers, or why there is none."""
        return kept_share(self.held, self.elements[code], purpose, month).as_record()


def record_of(agreement: Agreement, held: YearOfMoney, shares: YearShares) -> dict[str, Any]:
    """The whole year."""
    return {
        "agreement": agreement.reference,
        "year": held.year,
        "months": [_month(month, shares) for month in held.months],
        "totals": {
            "elements": [
                {"code": code, "name": name, **_totals(held.totals_of(code))} for code, name in held.names.items()
            ],
            "all": _totals(totals(held.every)),
        },
    }


def _month(month: MonthMoney, shares: YearShares) -> dict[str, Any]:
    return {
        "month": f"{month.month:%Y-%m}",
        "is_certified": month.is_certified,
        "payments": [
            {
                "number": one.number,
                "payer": one.payer,
                "state": one.state,
                "to_pay": _pence(one.to_pay),
                "ledger_reference": one.ledger_reference or None,
            }
            for one in month.payments
        ],
        "elements": [_element(one, shares) for one in month.elements],
        "all": _totals(totals(month.elements)),
    }


def _element(one: ElementMoney, shares: YearShares) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "is_certified": one.is_certified,
        "instalment": _pence(one.instalment),
        **_amount("deducted", one.deducted),
        "added": _pence(one.added),
        **_amount("to_pay", one.to_pay),
        **_amount("spent", one.spent),
        **_amount("difference", one.difference),
        "share_of_contract_value": shares.record(one.code, Purpose.CONTRACT_SHARE, one.month),
        "share_of_caseload": shares.record(one.code, Purpose.CASELOAD_SHARE, one.month),
    }


def _totals(total: Totals) -> dict[str, Any]:
    return {
        "instalment": _pence(total.instalment),
        **_amount("deducted", total.deducted),
        "added": _pence(total.added),
        **_amount("to_pay", total.to_pay),
        **_amount("spent", total.spent),
        **_amount("difference", total.difference),
    }


def _amount(name: str, amount: Sum | KnownTotal) -> dict[str, str | None]:
    """The amount, and beside it why it is not known, or what a total leaves out."""
    return {name: _pence(amount.pounds), f"{name}_reason": amount.reason}


def _pence(pounds: Decimal | None) -> str | None:
    return None if pounds is None else str(pounds.quantize(PENNY))
