"""What waits for the reader of the list of returns: versions, queries, answers and missing returns."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from contracts.access import Standing
from contracts.formatting import count_of, month_name
from contracts.permissions import Permission
from performance.lateness import ReturnState
from performance.models import QueryMessage
from performance.return_pages.month_rows import ReturnRow
from performance.return_pages.threads import queries_seen_by


@dataclass(frozen=True, slots=True)
class Task:
    """Something the reader is to do: at a version where it names one, else an upload."""

    text: str
    month: date
    number: int | None


def tasks_for(standing: Standing, rows: Sequence[ReturnRow]) -> list[Task]:
    """What waits for the reader: versions that somebody waits about before missing returns, oldest first."""
    asked = [_task(standing, row) for row in reversed(rows)]
    tasks = [*(task for task in asked if task is not None), *_query_tasks(standing, rows)]
    return sorted(tasks, key=lambda task: task.number is None)


def _task(standing: Standing, row: ReturnRow) -> Task | None:
    month = month_name(row.month)
    waiting, state = (row.correction.number, row.correction.state) if row.correction else (row.number, row.state)
    if state is ReturnState.DRAFT and standing.may(Permission.SIGN_RETURN):
        return Task(f"Sign off {month}, version {waiting}", row.month, waiting)
    if state is ReturnState.SUBMITTED and standing.may(Permission.ACCEPT_RETURN):
        return Task(f"Accept or send back {month}, version {waiting}", row.month, waiting)
    if not standing.may(Permission.UPLOAD_RETURN):
        return None
    if state is ReturnState.SENT_BACK:
        return Task(f"Answer what was asked about {month}, version {row.number}", row.month, row.number)
    if state in (ReturnState.LATE, ReturnState.DUE):
        return Task(f"Upload the return for {month}: {row.note}", row.month, None)
    return None


def _query_tasks(standing: Standing, rows: Sequence[ReturnRow]) -> Iterator[Task]:
    """Queries to answer for the provider, and answers to read for those who may ask. One query.

    Those about a month that was sent back are asked for with it.
    """
    may_answer, may_ask = standing.may(Permission.ANSWER_QUERY), standing.may(Permission.QUERY_RETURN)
    if not (may_answer or may_ask):
        return
    shown = {row.month: row for row in rows if not (may_answer and row.state is ReturnState.SENT_BACK)}
    for (month, is_answered), count in sorted(_open_queries(standing).items()):
        if month in shown and is_answered is not may_answer:
            queries = count_of(count, "query", "queries")
            text = f"Answer {queries} about {month_name(month)}" if may_answer else _answered(count, month)
            yield Task(text, month, shown[month].number)


def _answered(count: int, month: date) -> str:
    return f"{count_of(count, 'query', 'queries')} about {month_name(month)} {'is' if count == 1 else 'are'} answered"


def _open_queries(standing: Standing) -> Counter[tuple[date, bool]]:
    """How many queries are not settled, by month and by whether the provider spoke last."""
    last = QueryMessage.objects.filter(query=OuterRef("pk")).order_by("-pk")
    held = queries_seen_by(standing).annotate(
        is_settled=Subquery(last.values("settles")[:1]), is_answered=Subquery(last.values("is_answer")[:1])
    )
    return Counter(held.filter(is_settled=False).values_list("version__of_return__month", "is_answered"))
