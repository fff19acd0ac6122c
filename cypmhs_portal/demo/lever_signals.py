"""When the portal suggests a lever in the demo. No paper states these numbers: each is unchecked."""

from decimal import Decimal
from typing import NamedTuple

from contracts.models import Agreement
from performance.models import LeverSignalTerm, Signal

SOURCE = "003 §4.1 names the levers; the numbers are illustrative"
AQN, CPN, IBN = "activity-query-notice", "contract-performance-notice", "information-breach-notice"


class Term(NamedTuple):
    """A kind of notice, what is looked for, and the numbers it takes."""

    kind: str
    signal: Signal
    indicator: str = ""
    element: str = ""
    months: int | None = None
    days: int | None = None
    threshold: str = ""


TERMS = (
    Term(CPN, Signal.TARGET_MISSED, "early-help-caseload", months=3),
    Term(CPN, Signal.TARGET_MISSED, "lac-in-standard", months=3),
    Term(CPN, Signal.STAFF_BELOW, "staff-in-post", "khnes", months=3, threshold="80"),
    Term(CPN, Signal.STAFF_BELOW, "staff-in-post", "ehu", months=3, threshold="80"),
    Term(AQN, Signal.TARGET_MISSED, "early-help-stepped-up", months=3),
    Term(IBN, Signal.NOT_REPORTED, "hsb-caseload", months=3),
    Term(IBN, Signal.RETURN_LATE, days=1),
)


def load_lever_signals(agreement: Agreement) -> None:
    """The terms of `agreement`, where it has none yet."""
    if agreement.lever_signal_terms.exists():
        return
    kinds = {kind.code: kind for kind in agreement.notice_kinds.all()}
    indicators = {indicator.code: indicator for indicator in agreement.indicators.all()}
    elements = {element.code: element for element in agreement.elements.all()}
    for one in TERMS:
        LeverSignalTerm.objects.create(
            agreement=agreement,
            kind=kinds[one.kind],
            signal=one.signal,
            indicator=indicators.get(one.indicator),
            element=elements.get(one.element),
            months=one.months,
            days=one.days,
            threshold=Decimal(one.threshold) if one.threshold else None,
            in_force_from=agreement.starts_on,
            source=SOURCE,
        )
