"""The queries about a return, each as a thread that provider and commissioners read alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from contracts.access import Standing
from contracts.permissions import Permission
from performance.form import Sheet
from performance.models import Line, Query, QueryMessage, Return, Version
from performance.return_pages.sight import versions_seen_by

WAITS, ANSWERED, SETTLED = "Waits for an answer", "Answered", "Settled"
COLOURS = {WAITS: "orange", ANSWERED: "blue", SETTLED: "green"}


@dataclass(frozen=True, slots=True)
class Thread:
    """One query: what it is about, how it stands, and what was said."""

    query: Query
    version: int
    about: str
    state: str
    messages: tuple[QueryMessage, ...]
    may_answer: bool
    may_ask: bool

    @property
    def colour(self) -> str:
        """The colour of the state's tag."""
        return COLOURS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether something can still be added."""
        return self.state != SETTLED


def queries_seen_by(standing: Standing) -> QuerySet[Query]:
    """The queries about the agreement's versions that the reader may see."""
    seen = Query.objects.filter(version__in=versions_seen_by(standing).order_by())
    return seen.select_related("version__of_return", "version__upload").defer("version__upload__content")


def lines_to_ask_about(version: Version) -> tuple[Line, ...]:
    """The lines of a version in the order of the workbook."""
    lines = version.lines.select_related("measure__element", "area")
    return tuple(lines.order_by("measure__position", "measure_id", "area__position", "area_id"))


def threads_of(of_return: Return, standing: Standing) -> tuple[Thread, ...]:
    """The queries about the month's versions that the reader may see, open ones first, oldest first."""
    asked = (
        queries_seen_by(standing)
        .filter(version__of_return=of_return)
        .select_related("version", "measure__element", "area")
        .prefetch_related("messages")
        .order_by("pk")
    )
    threads = [_thread(query, standing) for query in asked]
    return tuple(sorted(threads, key=lambda thread: not thread.is_open))


def open_queries(of_return: Return) -> int:
    """How many queries about the month's versions are not settled."""
    return Query.objects.filter(version__of_return=of_return).exclude(messages__settles=True).count()


def state_of(messages: Iterable[QueryMessage]) -> str:
    """How a query stands, from what was said last."""
    last = list(messages)[-1]
    if last.settles:
        return SETTLED
    return ANSWERED if last.is_answer else WAITS


def _thread(query: Query, standing: Standing) -> Thread:
    messages = tuple(sorted(query.messages.all(), key=lambda message: message.pk))
    state = state_of(messages)
    return Thread(
        query=query,
        version=query.version.number,
        about=about(query),
        state=state,
        messages=messages,
        may_answer=state != SETTLED and standing.may(Permission.ANSWER_QUERY),
        may_ask=state != SETTLED and standing.may(Permission.QUERY_RETURN),
    )


def about(query: Query) -> str:
    """What a query is about: "Early Help Units: Caseload at month end, Kent (Activity F2)"."""
    measure, area = query.measure, query.area
    if measure is None or area is None:
        return "The whole return"
    element = f"{measure.element.name}: " if measure.element else ""
    parts = [measure.characteristic if measure.sheet == Sheet.EQUALITY else "", measure.label, area.name]
    return f"{element}{', '.join(part for part in parts if part)} ({query.sheet} {query.cell})"
