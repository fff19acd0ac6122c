"""Taking in a batch of the council's Early Help cases: the good ones land, each bad one comes back with its reason."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from contracts import audit
from contracts.agreement_months import months_of
from contracts.audit import Actor
from contracts.formatting import month_name
from contracts.models import Agreement, ApiClient
from contracts.periods import add_months, month_start
from performance.actions.council_case_rows import write_cases
from performance.actions.sync_needs import state_sync_need
from performance.actions.sync_senders import agreement_for, may_send
from performance.case_list.limits import MOST_ROUTES
from performance.council_cases_held import held_cases
from performance.council_coverage import coverage
from performance.council_sync.body import Batch, read_body
from performance.council_sync.cases import CaseReader
from performance.council_sync.keys import is_a_key, kept_key
from performance.council_sync.refused import (
    day_of_no_month,
    key_used,
    no_form_of_references,
    not_a_key,
    not_yours,
    too_many_routes,
)
from performance.council_sync.results import Weighed, weigh
from performance.council_sync.shapes import RefusedCase, SyncRules, ToldCase
from performance.models import SyncRun
from performance.sync_answers import answer_of
from performance.sync_rules import sync_rules

LOCK_OF_CLIENTS, LOCK_OF_SYNCS = 7603, 7604
Judged = list[ToldCase | RefusedCase]


@dataclass(frozen=True, slots=True)
class TakenBatch:
    """A batch that was taken in: its answer, whether that was given before, and the row it is kept as."""

    answer: dict[str, Any]
    is_replay: bool
    run: SyncRun


@dataclass(frozen=True, slots=True)
class Request:
    """A batch as it was sent: by which client, under which key (its SHA-256, "" for none), and its own SHA-256."""

    client: ApiClient
    key: str
    sha256: str


def take_batch(body: bytes, *, client: ApiClient, key: str | None, at: datetime, on: date) -> TakenBatch:
    """Take in a batch that came `at`, on the day `on`; raises BatchRefused for what refuses the whole of it.

    Sent again with its `key`, it is given the stored answer and writes nothing; None is no key. Whatever is sent in
    whatever order, by however many processes, the newest telling of each case holds.
    """
    if key is not None and not is_a_key(key):
        raise not_a_key()
    asked = Request(client, kept_key(key), hashlib.sha256(body).hexdigest())
    replay = _replay(asked)
    if replay:
        return replay
    batch = read_body(body, on)
    agreement = agreement_for(client, batch.agreement)
    _refuse_other_months(agreement, batch.as_of)
    rules = sync_rules(agreement, as_of=batch.as_of, today=on, now=timezone.now())
    judged = _judged(batch, rules)
    with transaction.atomic():
        _wait_for_our_turn(client, agreement)
        return _replay(asked) or _kept(asked, agreement, batch.as_of, judged, at)


def _replay(asked: Request) -> TakenBatch | None:
    """The answer given to the same batch before, as long as the client may still send it."""
    if not asked.key:
        return None
    sent = SyncRun.objects.filter(client=asked.client, idempotency_key=asked.key)
    run = sent.select_related("agreement").first()
    if run is None:
        return None
    if not may_send(asked.client, run.agreement):
        raise not_yours()
    if run.body_sha256 != asked.sha256:
        raise key_used()
    return TakenBatch(answer_of(run, run.agreement, run.results), is_replay=True, run=run)


def _refuse_other_months(agreement: Agreement, as_of: date) -> None:
    ours = months_of(agreement)
    if not ours.first <= month_start(as_of) < ours.end:
        raise day_of_no_month(month_name(ours.first), month_name(add_months(ours.end, -1)))


def _judged(batch: Batch, rules: SyncRules) -> Judged:
    if not rules.pattern:
        raise no_form_of_references()
    reader = CaseReader(rules)
    judged = [reader.judge(raw) for raw in batch.cases]
    routes = {case.referral_route for case in judged if isinstance(case, ToldCase)}
    if not rules.routes and len(routes) > MOST_ROUTES:
        raise too_many_routes()
    return judged


def _wait_for_our_turn(client: ApiClient, agreement: Agreement) -> None:
    """Until the transaction ends no other batch of the client is taken in, and none of the agreement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_OF_CLIENTS, client.pk])
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_OF_SYNCS, agreement.pk])


def _kept(asked: Request, agreement: Agreement, as_of: date, judged: Judged, at: datetime) -> TakenBatch:
    before = coverage(agreement, None)
    weighed = weigh(judged, held_cases(agreement, [one.reference for one in judged if isinstance(one, ToldCase)]))
    run = _run_of(asked, agreement, as_of, weighed, at)
    write_cases(run, weighed.to_write)
    state_sync_need(run, before, weighed.earliest_opened, at=at)
    audit.record(
        "council cases taken in",
        by=Actor(asked.client.name),
        agreement=agreement,
        subject=f"Batch {run.pk} as of {as_of}",
        after={"cases": run.cases, **weighed.counts(), "refusals": run.refusals},
    )
    return TakenBatch(answer_of(run, agreement, weighed.results), is_replay=False, run=run)


def _run_of(asked: Request, agreement: Agreement, as_of: date, weighed: Weighed, at: datetime) -> SyncRun:
    return SyncRun.objects.create(
        agreement=agreement,
        client=asked.client,
        idempotency_key=asked.key,
        body_sha256=asked.sha256,
        as_of=as_of,
        received_at=at,
        newest_updated_at=weighed.newest,
        cases=len(weighed.results),
        **weighed.counts(),
        refusals=weighed.refusals(),
        # An answer that nobody can ask for again need not be kept.
        results=weighed.results if asked.key else [],
    )
