"""What breaks each constraint and trigger of the conversation about a version."""

from collections.abc import Callable

from django.db.models import Model

from performance.models import Measure, Move, Query, QueryMessage, Version, WarningReason
from tests.invariants.refusals import Refusals, again, changed, elsewhere, first
from tests.kent import DEMO_MOMENT, Kent


def reason(**changes: object) -> WarningReason:
    fields = {"version": first(Version), "warning": 0, "reason": "Counted", "by_name": "Sam", "at": DEMO_MOMENT}
    return WarningReason.objects.create(**fields | changes)


def query(**changes: object) -> Query:
    return Query.objects.create(**{"version": first(Version)} | changes)


def message(**changes: object) -> QueryMessage:
    fields = {"query": query(), "text": "Why?", "is_answer": False, "by_name": "Helen", "at": DEMO_MOMENT}
    return QueryMessage.objects.create(**fields | changes)


def about_another_agreement(kent: Kent) -> None:
    other = again(first(Measure, element=None, pathway=None), agreement=elsewhere(kent))
    query(measure=other, area=kent.agreement.areas.first(), sheet="Activity", cell="F2")


OF_CONVERSATION: Refusals = {
    "a_reason_for_a_warning_says_something": lambda _: reason(reason=""),
    "reasons_for_warnings_are_append_only": lambda _: changed(reason(), reason="Counted again"),
    "a_query_is_about_a_line_or_the_whole": lambda _: query(sheet="Activity", cell="F2"),
    "queries_are_append_only": lambda _: query().delete(),
    "a_query_is_about_its_own_agreement": about_another_agreement,
    "a_message_says_something": lambda _: message(text=""),
    "a_query_is_settled_by_who_asks": lambda _: message(is_answer=True, settles=True),
    "messages_are_append_only": lambda _: changed(message(), text="Never mind"),
    "only_a_sign_off_is_late_for_a_reason": lambda _: again(first(Move, to_state="accepted"), late_because="Late"),
}
ROWS_OF_CONVERSATION: dict[type[Model], Callable[[], Model]] = {
    WarningReason: reason,
    Query: query,
    QueryMessage: message,
}
