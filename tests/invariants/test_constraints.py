"""What the database refuses, it does refuse: each constraint and trigger is broken once."""

from collections.abc import Callable
from typing import Any

import pgtrigger
import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField, DateField, ForeignKey, IntegerField, Model

from contracts.models import ClockChange, Event, Notice, NoticeClock, NoticePlan
from funding.models import Payment
from performance.models import (
    CaseList,
    CouncilCase,
    Difference,
    Figure,
    Line,
    ListedCase,
    Move,
    Reconciliation,
    Upload,
    Version,
)
from tests.invariants.refusals_of_cases import OF_CASES
from tests.invariants.refusals_of_clients import OF_CLIENTS
from tests.invariants.refusals_of_clocks import OF_CLOCKS, ROWS_OF_CLOCKS, change, clock, plan
from tests.invariants.refusals_of_conversation import OF_CONVERSATION, ROWS_OF_CONVERSATION
from tests.invariants.refusals_of_decisions import MOVED_IN_DECISIONS, OF_DECISIONS, ROWS_OF_DECISIONS
from tests.invariants.refusals_of_handover import OF_HANDOVER, ROWS_OF_HANDOVER
from tests.invariants.refusals_of_lever_signals import OF_LEVER_SIGNALS
from tests.invariants.refusals_of_mails import MAIL_MAY_MOVE, OF_MAILS, ROWS_OF_MAILS
from tests.invariants.refusals_of_notices import OF_NOTICES, ROWS_OF_NOTICES, asked
from tests.invariants.refusals_of_obligations import OF_OBLIGATIONS
from tests.invariants.refusals_of_payments import OF_PAYMENTS, ROWS_OF_PAYMENTS, payment
from tests.invariants.refusals_of_reconciliation import (
    OF_RECONCILIATION,
    ROWS_OF_RECONCILIATION,
    difference,
    reconciliation,
)
from tests.invariants.refusals_of_returns import OF_RETURNS
from tests.invariants.refusals_of_sync import OF_SYNC, ROWS_OF_SYNC, council_case
from tests.invariants.refusals_of_terms import TERMS
from tests.invariants.refusals_of_variations import OF_VARIATIONS, ROWS_OF_VARIATIONS
from tests.invariants.refusals_of_withholding import OF_WITHHOLDING, ROWS_OF_WITHHOLDING
from tests.kent import Kent

pytestmark = pytest.mark.django_db
REFUSALS = {
    **TERMS,
    **OF_RETURNS,
    **OF_CONVERSATION,
    **OF_OBLIGATIONS,
    **OF_CASES,
    **OF_CLIENTS,
    **OF_DECISIONS,
    **OF_PAYMENTS,
    **OF_RECONCILIATION,
    **OF_SYNC,
    **OF_VARIATIONS,
    **OF_NOTICES,
    **OF_MAILS,
    **OF_CLOCKS,
    **OF_WITHHOLDING,
    **OF_HANDOVER,
    **OF_LEVER_SIGNALS,
}
APPS = ("contracts", "performance", "funding")
MODELS: list[type[Model]] = [model for app in APPS for model in apps.get_app_config(app).get_models()]
APPEND_ONLY: list[type[Model]] = [
    Event,
    Upload,
    Move,
    Line,
    CaseList,
    ListedCase,
    *ROWS_OF_CONVERSATION,
    *ROWS_OF_DECISIONS,
    *ROWS_OF_PAYMENTS,
    *ROWS_OF_RECONCILIATION,
    *ROWS_OF_SYNC,
    *ROWS_OF_VARIATIONS,
    *ROWS_OF_NOTICES,
    *ROWS_OF_CLOCKS,
    *ROWS_OF_HANDOVER,
    *ROWS_OF_WITHHOLDING,
]
# A row of a model that the demo has none of.
ROWS: dict[type[Model], Callable[[], Model]] = {
    **ROWS_OF_CONVERSATION,
    **ROWS_OF_DECISIONS,
    **ROWS_OF_PAYMENTS,
    **ROWS_OF_RECONCILIATION,
    **ROWS_OF_SYNC,
    **ROWS_OF_VARIATIONS,
    **ROWS_OF_NOTICES,
    **ROWS_OF_CLOCKS,
    **ROWS_OF_MAILS,
    Notice: asked,
    NoticeClock: clock,
    ClockChange: change,
    NoticePlan: plan,
    **ROWS_OF_HANDOVER,
    **ROWS_OF_WITHHOLDING,
    Payment: payment,
    Reconciliation: reconciliation,
    Difference: difference,
    CouncilCase: council_case,
}
# What may move in rows that otherwise stay as they were written.
MAY_MOVE: dict[type[Model], set[str]] = {
    Version: {"id", "state", "submitted_at", "accepted_at", "replaced_at"},
    Figure: {"id", "known_until"},
    Payment: {"id", "state", "ledger_reference"},
    **MOVED_IN_DECISIONS,
    **MAIL_MAY_MOVE,
    Notice: {"id", "stage", "year", "number", "served_on", "served_by_id"},
    NoticeClock: {"id", "due_on", "ended_on"},
    NoticePlan: {"id", "agreed_by_id", "agreed_by_name", "agreed_at"},
    ClockChange: {
        "id",
        "answer",
        "answered_by_id",
        "answered_by_name",
        "answered_for_id",
        "answered_at",
        "answer_reason",
    },
}
# Rows that are closed when they no longer hold: a trigger compares what they say before and after.
ONLY_CLOSED: list[type[Model]] = [Reconciliation, Difference]

# Rows that a newer telling replaces as a whole, and nothing else does.
TOLD_ANEW: list[type[Model]] = [CouncilCase]
# Two triggers with one function: which of them refused stands in the function's name.
SAYS_IT_BY_ITS_FUNCTION = {"a_council_case_is_of_its_agreement_still"}


def triggers_of(model: type[Model]) -> list[Any]:
    return list(getattr(model._meta, "triggers", []))


def names() -> dict[str, type[Model]]:
    """Every constraint and trigger by its name."""
    constraints = {constraint.name: model for model in MODELS for constraint in model._meta.constraints}
    return constraints | {trigger.name: model for model in MODELS for trigger in triggers_of(model)}


PROTECTIONS = {
    trigger.name: model for model in MODELS for trigger in triggers_of(model) if isinstance(trigger, pgtrigger.Protect)
}


def test_each_constraint_and_trigger_is_broken_once() -> None:
    assert names().keys() - REFUSALS.keys() == set(), "nobody tries to break these"
    assert REFUSALS.keys() - names().keys() == set(), "these are there no more"


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_the_database_refuses(loaded: Kent, name: str) -> None:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        REFUSALS[name](loaded)
    reason = refused.value.__cause__
    assert isinstance(reason, psycopg.Error)
    # A trigger of the library's own says which function refused; everything else says its own name.
    is_of_function = name in PROTECTIONS or name in SAYS_IT_BY_ITS_FUNCTION
    said = reason.diag.context if is_of_function else reason.diag.constraint_name
    assert name in str(said), str(reason)


def test_a_name_is_a_sentence_and_used_once() -> None:
    every = [constraint.name for model in MODELS for constraint in model._meta.constraints]
    assert len(every) == len(set(every))
    assert [name for name in names() if name.count("_") < 2] == []


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
@pytest.mark.parametrize("sql", ['UPDATE {table} SET "{column}" = "{column}" WHERE id = {key}', "DELETE FROM {table}"])
def test_append_only_tables_refuse_raw_sql_too(loaded: Kent, model: type[Model], sql: str) -> None:
    row = model._default_manager.order_by("pk").first() or ROWS[model]()
    for field in model._meta.concrete_fields:
        refuses(sql.format(table=model._meta.db_table, column=field.column, key=row.pk))


@pytest.mark.parametrize("model", MAY_MOVE, ids=lambda model: model.__name__)
def test_other_rows_let_only_what_may_move_be_moved(loaded: Kent, model: type[Model]) -> None:
    row = model._default_manager.order_by("pk").first() or ROWS[model]()
    columns = {field.column for field in model._meta.concrete_fields}
    assert MAY_MOVE[model] - columns == set()
    for column in columns - MAY_MOVE[model]:
        refuses(f"UPDATE {model._meta.db_table} SET {column} = {column} WHERE id = {row.pk}")
    refuses(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.parametrize("model", ONLY_CLOSED, ids=lambda model: model.__name__)
def test_rows_that_are_only_closed_keep_what_they_said(loaded: Kent, model: type[Model]) -> None:
    row = ROWS[model]()
    numbers = ("coalesce({0}, 0) + 1", (ForeignKey, IntegerField))
    others = (("{0} || 'x'", (CharField,)), ("{0} + interval '1 month'", (DateField,)))
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name == "known_until":
            continue
        (other,) = [sql.format(field.column) for sql, kinds in (numbers, *others) if isinstance(field, kinds)]
        with pytest.raises(DatabaseError, match="refused: "), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model._meta.db_table} SET {field.column} = {other} WHERE id = {row.pk}")
    refuses(f"DELETE FROM {model._meta.db_table}")
    close = f"UPDATE {model._meta.db_table} SET known_until = known_from + interval '1 day' WHERE id = {row.pk}"
    with connection.cursor() as cursor:
        cursor.execute(close)
    with pytest.raises(DatabaseError, match="refused: "), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(close)


@pytest.mark.parametrize("model", TOLD_ANEW, ids=lambda model: model.__name__)
def test_what_is_told_anew_is_neither_edited_nor_deleted(loaded: Kent, model: type[Model]) -> None:
    row = ROWS[model]()
    for field in model._meta.concrete_fields:
        column = field.column
        refuses(f"UPDATE {model._meta.db_table} SET {column} = {column} WHERE id = {row.pk}", "an older telling")
    refuses(f"DELETE FROM {model._meta.db_table}")


def refuses(sql: str, because: str = "pgtrigger: Cannot") -> None:
    """A statement that a trigger stops, sent past Django."""
    with pytest.raises(DatabaseError, match=because), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_model_is_mutable_or_append_only_or_moves() -> None:
    """A table that nobody may edit says so by its triggers, and only such a table does."""
    guarded = {model for model in MODELS if model in PROTECTIONS.values()}
    assert guarded == {*APPEND_ONLY, *MAY_MOVE, *ONLY_CLOSED, *TOLD_ANEW}
