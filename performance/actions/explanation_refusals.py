"""What may not be said of the differences between two caseloads, by whom or as things are now."""

from collections.abc import Mapping

from contracts.access import Standing
from contracts.models import Agreement
from contracts.permissions import Permission
from contracts.personal_data import kinds_of_personal_data
from performance.case_mentions import names_a_case
from performance.dispute_rules import Status
from performance.models import Explanation, ExplanationAnswer
from performance.reconciliation import Side
from performance.sides import side_of

LONGEST_EXPLANATION, LONGEST_ANSWER = 1000, 500
LARGEST_FIGURE = 999_999
CHANGED = (
    "The differences changed, or somebody else wrote about them, after you opened the page. Nothing was kept: look at "
    "the page as it is now, and send yours again if it still holds."
)


class CannotExplain(Exception):
    """What was sent may not be kept, as things are now or by whom; the message says why in a plain sentence."""


class FiguresInWork(CannotExplain):
    """The agreement's differences are being worked out, and took longer than a person is kept waiting."""

    def __init__(self) -> None:
        super().__init__(
            "The figures of this agreement are being worked out. Nothing was kept: send yours again in a minute."
        )


def side_for(by: Standing, agreement: Agreement) -> Side:
    """The side that a person writes or answers for; refuses everybody who speaks for neither."""
    side = side_of(by)
    if side is None or by.agreement.pk != agreement.pk or not by.may(Permission.EXPLAIN_DIFFERENCES):
        raise CannotExplain("Only one of the two sides can do this, and by somebody who speaks for that side alone.")
    return side


def refuse_differences(wanted: set[int], known: Mapping[int, str]) -> None:
    """Refuse none, one that is not known (any more), and one that both sides have signed for."""
    if not wanted:
        raise CannotExplain("Choose which differences you explain.")
    if wanted - known.keys():
        raise CannotExplain(CHANGED)
    if any(known[key] == Status.SIGNED for key in wanted):
        raise CannotExplain(
            "Some of these differences are explained and signed by both sides already. Nothing was kept."
        )


def refuse_answer(explanation: Explanation, side: Side, by: Standing) -> None:
    """Refuse a second answer, an answer to one's own words and one to one's own side's."""
    given = ExplanationAnswer.objects.filter(explanation=explanation).select_related("answered_by").first()
    if given is not None:
        done = "signed it" if given.is_signed else "sent it back"
        raise CannotExplain(f"{given.answered_by} {done} before you. Your answer was not kept.")
    if explanation.written_by_id == by.user.pk:
        raise CannotExplain("You wrote this explanation, so somebody of the other side answers it.")
    if explanation.side == side.value:
        raise CannotExplain("Your own side wrote this explanation, so the other side answers it.")


def refuse_text(agreement: Agreement, text: str, longest: int) -> None:
    """Refuse a text that says nothing or too much, that could point at a child, or that names a case."""
    if not text.strip() or len(text.strip()) > longest:
        raise CannotExplain(f"Say why in words, in up to {longest} characters.")
    if kinds_of_personal_data(text) or names_a_case(agreement, text):
        raise CannotExplain("The text could point at a child. Take that out: everybody in the agreement can read it.")
