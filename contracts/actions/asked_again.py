"""What somebody asks for, and whether they asked for the same directly before."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.levers.ladder import NoticeStage
from contracts.levers.quoted import QuotedFigure
from contracts.models import Agreement, Notice, NoticeKind, Occasion, ServiceElement, User

# As a value is kept.
KEPT_TO = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class AskedNotice:
    """What is asked for: which lever, about what, and why; with the element that it is about, where it is one."""

    kind: NoticeKind
    subject: str
    reason: str
    element: ServiceElement | None = None


def asked_before(
    agreement: Agreement, asked: AskedNotice, evidence: Sequence[QuotedFigure], person: User
) -> Notice | None:
    """The last notice that the person asked for, where it is the same, quotes the same and still waits for service."""
    last = agreement.notices.filter(asked_by=person).order_by("-pk").first()
    if last is None or last.stage != NoticeStage.ASKED:
        return None
    words = (last.kind_id, last.subject, last.reason, last.element_id)
    element = asked.element.pk if asked.element else None
    is_same = words == (asked.kind.pk, asked.subject, asked.reason, element)
    return last if is_same and _quoted(last) == _to_quote(evidence) else None


def _quoted(notice: Notice) -> set[tuple[object, ...]]:
    rows = notice.evidence.filter(occasion=Occasion.ASKED)
    return set(rows.values_list("indicator_code", "area_code", "element_code", "month", "value"))


def _to_quote(evidence: Sequence[QuotedFigure]) -> set[tuple[object, ...]]:
    return {
        (
            one.indicator_code,
            one.area_code,
            one.element_code,
            one.month,
            one.value if one.value is None else one.value.quantize(KEPT_TO),
        )
        for one in evidence
    }
