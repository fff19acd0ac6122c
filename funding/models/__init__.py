"""What was agreed to be paid for the service, and what was paid."""

from funding.models.payment_steps import PaymentMove
from funding.models.payments import Direction, ItemKind, Payment, PaymentItem, PaymentKind, PaymentLine
from funding.models.schedule import FundingLine
from funding.models.shortfall import ShortfallBasis, ShortfallRate
from funding.models.statements import AnnualStatement, StatementCertificate, StatementLine
from funding.models.statutory import ElementTest, StatutoryTest

__all__ = [
    "AnnualStatement",
    "Direction",
    "ElementTest",
    "FundingLine",
    "ItemKind",
    "Payment",
    "PaymentItem",
    "PaymentKind",
    "PaymentLine",
    "PaymentMove",
    "ShortfallBasis",
    "ShortfallRate",
    "StatementCertificate",
    "StatementLine",
    "StatutoryTest",
]
