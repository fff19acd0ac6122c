"""Two people, or a person and the worker, at the same differences at the same moment, on connections of their own."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from contracts.audit import first_broken_link
from contracts.models import Event, Role
from performance.actions import explaining
from performance.actions.explaining import answer, explain, explain_as_seen
from performance.actions.explanation_refusals import CannotExplain
from performance.dispute_rules import seen_as
from performance.disputes import statuses_of
from performance.models import Difference, Explanation, ExplanationAnswer
from performance.recompute import LOCK_OF_RECOMPUTES
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, load_terms
from tests.performance.two_caseloads import AUGUST, held_against_each_other, keys, standing
from tests.visiting import text_of, visitor
from tests.waiting import until_somebody_waits_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/agreements/KCC-CYPMHS-S76/reconciliation/2019-08/"
SEEN = re.compile(r'name="((?:answer-\d+-)?seen)" value="(\w+)"')
LATER = DEMO_MOMENT + timedelta(minutes=5)
COUNCIL, EDITOR, SIGNATORY = Role.COUNCIL_COMMISSIONER, Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return load_terms(tmp_path / "sign-ins.json")


@pytest.fixture
def rows(people: Kent) -> list[Difference]:
    return held_against_each_other(people)


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Take the steps in threads that begin together; what each gave, or the sentence that it was refused with."""
    start = Barrier(len(steps))

    def take(step: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return step()
        except CannotExplain as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as threads:
        return list(threads.map(take, steps))


def written(people: Kent, rows: list[Difference], by: Role) -> Explanation:
    said: dict[str, Any] = {"differences": keys(rows), "text": "Counted a day later", "agreed_figure": None}
    return explain(people.agreement, AUGUST, by=standing(people, by), at=DEMO_MOMENT, **said)


def test_two_who_saw_the_same_page_write_once(people: Kent, rows) -> None:
    seen = seen_as(statuses_of(people.agreement, AUGUST))
    said: dict[str, Any] = {
        "differences": keys(rows),
        "text": "Counted a day later",
        "agreed_figure": None,
        "at": DEMO_MOMENT,
    }
    steps = [
        partial(explain_as_seen, seen, people.agreement, AUGUST, by=standing(people, role), **said)
        for role in (EDITOR, COUNCIL, SIGNATORY)
    ]
    answers = at_once(*steps)
    assert sum(isinstance(one, Explanation) for one in answers) == 1
    assert sum("somebody else wrote about them" in str(one) for one in answers) == 2
    assert Explanation.objects.count() == 1
    assert Event.objects.filter(action="difference explained").count() == 1
    assert first_broken_link(people.agreement) is None


def test_signing_against_sending_back_ends_in_one_of_the_two(people: Kent, rows) -> None:
    one, council = written(people, rows, EDITOR), standing(people, COUNCIL)
    answers = at_once(
        partial(answer, one, is_signed=True, reason="", by=council, at=LATER),
        partial(answer, one, is_signed=False, reason="Not so", by=council, at=LATER),
    )
    assert sum(isinstance(given, ExplanationAnswer) for given in answers) == 1
    assert sum("before you. Your answer was not kept." in str(given) for given in answers) == 1
    assert ExplanationAnswer.objects.count() == 1
    assert Event.objects.filter(action__startswith="explanation s").count() == 1


def test_whoever_meets_a_long_recompute_is_told_and_their_words_are_kept(people: Kent, rows, monkeypatch) -> None:
    monkeypatch.setattr(explaining, "LONGEST_WAIT", "100ms")
    one = written(people, rows[:20], EDITOR)
    provided, told = f"answer-{one.pk}", "The figures of this agreement are being worked out. Nothing was kept:"

    def send(address: str, **fields: str) -> str:
        try:
            client = visitor(people, COUNCIL)
            seen = dict(SEEN.findall(client.get(HERE).content.decode()))
            return text_of(client.post(f"{HERE}{address}", seen | fields)) + str(seen.keys())
        finally:
            connection.close()

    answering = partial(send, f"explanations/{one.pk}/answer/", **{
        f"{provided}-decision": "send-back", f"{provided}-reason": "Say which unit it was",
    })  # fmt: skip
    writing = partial(send, "explanations/", text="Unit seven was late", groups="opened-differs.west-kent")
    for step, words in ((answering, "Say which unit it was"), (writing, "Unit seven was late")):
        with ThreadPoolExecutor(1) as threads, transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_OF_RECOMPUTES, people.agreement.pk])
            page = threads.submit(step).result()
        assert told in page
        assert words in page
    assert (Explanation.objects.count(), ExplanationAnswer.objects.count()) == (1, 0)
    assert "is sent back, with your reason" not in answering()
    assert ExplanationAnswer.objects.get().reason == "Say which unit it was"


def test_a_signature_that_meets_a_recompute_waits_and_is_told_what_changed(people: Kent, rows) -> None:
    one, council = written(people, rows, EDITOR), standing(people, COUNCIL)

    def sign() -> str:
        try:
            answer(one, is_signed=True, reason="", by=council, at=LATER)
        except CannotExplain as refused:
            return str(refused)
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_OF_RECOMPUTES, people.agreement.pk])
            held_against_each_other(people, counted={}, at=LATER)
            signing = threads.submit(sign)
            until_somebody_waits_for_a_lock()
        assert "nothing to sign" in signing.result()
    assert not ExplanationAnswer.objects.exists()
