"""What the two sides say of their differences: written by one, signed or sent back by the other."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from contracts import audit
from contracts.access import Permission, Standing
from contracts.audit import Actor
from contracts.formatting import month_name
from contracts.models import Agreement
from performance.case_mentions import names_a_case
from performance.dispute_rules import Status, seen_as
from performance.disputes import differences_known
from performance.models import ExplainedDifference, Explanation, ExplanationAnswer
from performance.personal_data import kinds_of_personal_data
from performance.recompute import LOCK_OF_RECOMPUTES
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


@transaction.atomic
def explain(
    agreement: Agreement,
    month: date,
    *,
    differences: Collection[int],
    text: str,
    agreed_figure: int | None,
    by: Standing,
    at: datetime,
) -> Explanation:
    """Write an explanation of some of the month's differences, named by their keys, for the other side to sign.

    Raises `CannotExplain` with nothing kept where one of them is not there (any more), or is signed for already.
    """
    side = _side(by, agreement)
    _hold_still(agreement)
    _refuse_differences(set(differences), statuses_of(agreement, month))
    _refuse_text(agreement, text, LONGEST_EXPLANATION)
    if agreed_figure is not None and not 0 <= agreed_figure <= LARGEST_FIGURE:
        raise CannotExplain(f"The agreed figure must be a whole number from 0 to {LARGEST_FIGURE:,}.")
    explanation = Explanation.objects.create(
        agreement=agreement,
        month=month,
        text=text.strip(),
        agreed_figure=agreed_figure,
        side=side.value,
        written_by=by.user,
        written_at=at,
    )
    keys = sorted(set(differences))
    ExplainedDifference.objects.bulk_create(
        [ExplainedDifference(explanation=explanation, difference_id=key) for key in keys], batch_size=1000
    )
    _record("difference explained", explanation, by, {"text": explanation.text, "differences": keys})
    return explanation


@transaction.atomic
def explain_as_seen(seen: str, agreement: Agreement, month: date, **said: Any) -> Explanation:
    """`explain`, where all of the month's differences are still as the person's page showed them (`seen_as`)."""
    _hold_still(agreement)
    if seen != seen_as(statuses_of(agreement, month)):
        raise CannotExplain(CHANGED)
    return explain(agreement, month, **said)


@transaction.atomic
def answer(
    explanation: Explanation, *, is_signed: bool, reason: str, by: Standing, at: datetime, seen: str = ""
) -> ExplanationAnswer:
    """Sign the other side's explanation, or send it back with a reason. Once signed, its differences are resolved.

    `seen` is what the page showed of the differences it names. Raises `CannotExplain` with nothing kept.
    """
    agreement = explanation.agreement
    side = _side(by, agreement)
    _hold_still(agreement)
    _refuse_answer(explanation, side, by)
    named = statuses_named(explanation)
    if seen and seen != seen_as(named):
        raise CannotExplain(CHANGED)
    if is_signed and not named:
        raise CannotExplain("None of the differences it names is there any more, so there is nothing to sign.")
    if reason.strip() or not is_signed:
        _refuse_text(agreement, reason, LONGEST_ANSWER)
    given = ExplanationAnswer.objects.create(
        explanation=explanation,
        is_signed=is_signed,
        reason=reason.strip(),
        answered_by=by.user,
        answered_at=max(at, explanation.written_at),
    )
    action = "explanation signed" if is_signed else "explanation sent back"
    _record(action, explanation, by, {"reason": given.reason, "differences": sorted(named)})
    return given


def statuses_of(agreement: Agreement, month: date) -> dict[int, str]:
    """The status of each of the month's differences, as things are now."""
    return dict(differences_known(agreement, [month], None).values_list("pk", "status"))


def statuses_named(explanation: Explanation) -> dict[int, str]:
    """The same of those differences that an explanation names and that are still there."""
    of_month = differences_known(explanation.agreement, [explanation.month], None)
    return dict(of_month.filter(explained__explanation=explanation).values_list("pk", "status"))


def _hold_still(agreement: Agreement) -> None:
    """Until the transaction ends nobody else writes of the agreement's differences, nor are they worked out again.

    The lock is the worker's own, so that differences it closes are seen either before or after, never in between.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_OF_RECOMPUTES, agreement.pk])


def _side(by: Standing, agreement: Agreement) -> Side:
    side = side_of(by)
    if side is None or by.agreement.pk != agreement.pk or not by.may(Permission.EXPLAIN_DIFFERENCES):
        raise CannotExplain("Only one of the two sides can do this, and by somebody who speaks for that side alone.")
    return side


def _refuse_differences(wanted: set[int], known: Mapping[int, str]) -> None:
    if not wanted:
        raise CannotExplain("Choose which differences you explain.")
    if wanted - known.keys():
        raise CannotExplain(CHANGED)
    if any(known[key] == Status.SIGNED for key in wanted):
        raise CannotExplain(
            "Some of these differences are explained and signed by both sides already. Nothing was kept."
        )


def _refuse_answer(explanation: Explanation, side: Side, by: Standing) -> None:
    given = ExplanationAnswer.objects.filter(explanation=explanation).select_related("answered_by").first()
    if given is not None:
        done = "signed it" if given.is_signed else "sent it back"
        raise CannotExplain(f"{given.answered_by} {done} before you. Your answer was not kept.")
    if explanation.written_by_id == by.user.pk:
        raise CannotExplain("You wrote this explanation, so somebody of the other side answers it.")
    if explanation.side == side.value:
        raise CannotExplain("Your own side wrote this explanation, so the other side answers it.")


def _refuse_text(agreement: Agreement, text: str, longest: int) -> None:
    if not text.strip() or len(text.strip()) > longest:
        raise CannotExplain(f"Say why in words, in up to {longest} characters.")
    if kinds_of_personal_data(text) or names_a_case(agreement, text):
        raise CannotExplain("The text could point at a child. Take that out: everybody in the agreement can read it.")


def _record(action: str, explanation: Explanation, by: Standing, said: Mapping[str, object]) -> None:
    """One event. It names differences by their keys: a reference is for those who may see cases."""
    keys = said["differences"]
    assert isinstance(keys, list)
    audit.record(
        action,
        by=Actor.person(by.user),
        agreement=explanation.agreement,
        subject=f"Caseloads of {month_name(explanation.month)}",
        after={
            "explanation": explanation.pk,
            "month": f"{explanation.month:%Y-%m}",
            "side": explanation.side,
            "agreed_figure": explanation.agreed_figure,
            "count": len(keys),
            **said,
        },
    )
