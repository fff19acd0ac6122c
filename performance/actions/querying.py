"""Queries about a version: asked, answered line by line, settled."""

from datetime import datetime

from django.db import transaction

from contracts import audit
from contracts.audit import Actor
from performance.actions.deciding import CannotMove, held
from performance.models import Line, Query, QueryMessage, Version
from performance.moves import MAY_BE_ASKED_ABOUT


@transaction.atomic
def ask(version: Version, *, about: Line | None, text: str, by: Actor, at: datetime) -> Query:
    """Ask about one line of a version, or about the whole of it. Raises `CannotMove` for a draft or a withdrawn one."""
    asked = held(version)
    if asked.state not in MAY_BE_ASKED_ABOUT:
        raise CannotMove(f"{asked} is {asked.get_state_display().lower()} now, so nothing can be asked about it.")
    query = Query.objects.create(
        version=asked,
        measure_id=about.measure_id if about else None,
        area_id=about.area_id if about else None,
        sheet=about.measure.sheet if about else "",
        cell=about.cell if about else "",
    )
    _say(query, "query asked", text, by=by, at=at)
    return query


@transaction.atomic
def answer(query: Query, *, text: str, by: Actor, at: datetime) -> QueryMessage:
    """Answer a query for the provider. Raises `CannotMove` when it was settled."""
    _refuse_settled(query)
    return _say(query, "query answered", text, by=by, at=at, is_answer=True)


@transaction.atomic
def ask_again(query: Query, *, text: str, by: Actor, at: datetime) -> QueryMessage:
    """Go on asking in the thread of a query. Raises `CannotMove` when it was settled."""
    _refuse_settled(query)
    return _say(query, "query asked again", text, by=by, at=at)


@transaction.atomic
def settle(query: Query, *, text: str = "", by: Actor, at: datetime) -> QueryMessage:
    """End a query, with a last word or without. Raises `CannotMove` when it was settled already."""
    _refuse_settled(query)
    return _say(query, "query settled", text, by=by, at=at, settles=True)


def _refuse_settled(query: Query) -> None:
    """Hold the query's version so that two people do not end its thread at once."""
    held(query.version)
    if query.messages.filter(settles=True).exists():
        raise CannotMove("This query was settled, so nothing can be added to it. Ask a new one if something is open.")


def _say(
    query: Query, action: str, text: str, *, by: Actor, at: datetime, is_answer: bool = False, settles: bool = False
) -> QueryMessage:
    message = QueryMessage.objects.create(
        query=query, text=text.strip(), is_answer=is_answer, settles=settles, by=by.user, by_name=by.name, at=at
    )
    audit.record(
        action,
        by=by,
        agreement=query.version.of_return.agreement,
        subject=str(query),
        after={"query": query.pk, "text": message.text},
    )
    return message
