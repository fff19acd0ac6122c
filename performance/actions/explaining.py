"""What the two sides say of their differences: written by one, signed or sent back by the other."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from contracts import audit
from contracts.access import Standing
from contracts.audit import Actor
from contracts.formatting import month_name
from contracts.models import Agreement
from performance.actions.explanation_refusals import (
    CHANGED,
    LARGEST_FIGURE,
    LONGEST_ANSWER,
    LONGEST_EXPLANATION,
    CannotExplain,
    FiguresInWork,
    refuse_answer,
    refuse_differences,
    refuse_text,
    side_for,
)
from performance.dispute_rules import seen_as
from performance.disputes import statuses_named, statuses_of
from performance.models import ExplainedDifference, Explanation, ExplanationAnswer
from performance.recompute import LOCK_OF_RECOMPUTES

# How long a person waits for the worker, as PostgreSQL writes it.
LONGEST_WAIT = "5s"


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
    side = side_for(by, agreement)
    _hold_still(agreement)
    refuse_differences(set(differences), statuses_of(agreement, month))
    refuse_text(agreement, text, LONGEST_EXPLANATION)
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
    _record("difference explained", explanation, by, keys)
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
    side = side_for(by, agreement)
    _hold_still(agreement)
    refuse_answer(explanation, side, by)
    named = statuses_named(explanation)
    if seen and seen != seen_as(named):
        raise CannotExplain(CHANGED)
    if is_signed and not named:
        raise CannotExplain("None of the differences it names is there any more, so there is nothing to sign.")
    if reason.strip() or not is_signed:
        refuse_text(agreement, reason, LONGEST_ANSWER)
    given = ExplanationAnswer.objects.create(
        explanation=explanation,
        is_signed=is_signed,
        reason=reason.strip(),
        answered_by=by.user,
        answered_at=max(at, explanation.written_at),
    )
    action = "explanation signed" if is_signed else "explanation sent back"
    _record(action, explanation, by, sorted(named))
    return given


def _hold_still(agreement: Agreement) -> None:
    """Until the transaction ends nobody else writes of the agreement's differences, nor are they worked out again.

    The lock is the worker's own, so that differences it closes are seen either before or after, never in between.
    Working out a large agreement can take longer than a person is kept waiting: raises `FiguresInWork`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_OF_RECOMPUTES, agreement.pk])
        except OperationalError as error:
            raise FiguresInWork if isinstance(error.__cause__, LockNotAvailable) else error from error
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def _record(action: str, explanation: Explanation, by: Standing, differences: Sequence[int]) -> None:
    """One event. It says by their keys what was explained, and repeats no words: those stand in rows of their own."""
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
            "count": len(differences),
            "differences": list(differences),
        },
    )
