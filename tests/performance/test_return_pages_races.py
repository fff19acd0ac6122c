"""Two people at one return at the same moment, each with a database connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from contracts.audit import Actor
from contracts.models import Role
from performance.models import Move, State, Version
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, Kent, load_terms
from tests.signing import DECLARED, signed_off
from tests.visiting import address, hand_in, text_of, visitor
from tests.waiting import until_somebody_waits_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)
SEPTEMBER = date(2019, 9, 1)
IN_PROGRESS = [State.DRAFT, State.SUBMITTED]
ROUNDS = 3


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return load_terms(tmp_path / "sign-ins.json")


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Take the steps in threads that begin together; their answers in order. A step that raises fails the test."""
    start = Barrier(len(steps))

    def take(step: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return step()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as threads:
        return list(threads.map(take, steps))


def file_of(comment: str) -> bytes:
    """A good return for September that differs from others by a comment."""
    return workbook_with({("Activity", "H2"): comment}, month=SEPTEMBER)


def in_progress() -> list[Version]:
    """The versions of September that are draft or submitted."""
    return list(Version.objects.filter(of_return__month=SEPTEMBER, state__in=IN_PROGRESS))


def test_two_uploads_for_a_month_leave_one_draft(people: Kent):
    first, second = (visitor(people, Role.PROVIDER_EDITOR), visitor(people, Role.PROVIDER_SIGNATORY))
    files = [(file_of(f"first {n}"), file_of(f"second {n}")) for n in range(ROUNDS)]
    for one, other in files:
        answers = at_once(partial(hand_in, first, one), partial(hand_in, second, other))
        assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * 2
        assert len(in_progress()) == 1
    numbers = list(Version.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 2 * ROUNDS + 1))


def test_the_same_file_twice_at_once_is_one_version(people: Kent):
    clients = [visitor(people, Role.PROVIDER_EDITOR) for _ in range(2)]
    content = file_of("the same")
    answers = at_once(*(lambda client=client: hand_in(client, content) for client in clients))
    assert Version.objects.count() == 1
    assert sum("Nothing has changed since version 1" in text_of(answer) for answer in answers) == 1


def test_a_sign_off_against_an_upload_that_takes_its_place(people: Kent):
    """Either the sign-off wins and the upload is told of the review, or the upload wins and the signatory is told."""
    editor, signatory = visitor(people, Role.PROVIDER_EDITOR), visitor(people, Role.PROVIDER_SIGNATORY)
    hand_in(editor, file_of("before"))
    draft = Version.objects.get()
    content = file_of("after")
    signed, uploaded = at_once(
        lambda: signatory.post(address(draft, "sign-off/"), DECLARED, follow=True),
        lambda: hand_in(editor, content),
    )
    assert [signed.status_code, uploaded.status_code] == [HTTPStatus.OK] * 2
    (left,) = in_progress()
    if left.pk == draft.pk:
        assert left.state == State.SUBMITTED
        assert "waiting for acceptance" in text_of(uploaded)
    else:
        assert left.state == State.DRAFT
        assert "Somebody may have acted before you" in text_of(signed)


def test_an_upload_that_meets_a_sign_off_not_yet_committed_waits_and_is_told(people: Kent):
    editor, signatory = visitor(people, Role.PROVIDER_EDITOR), Actor.person(people.people[Role.PROVIDER_SIGNATORY])
    hand_in(editor, file_of("before"))
    draft, content = Version.objects.get(), file_of("after")

    def upload() -> str:
        try:
            return text_of(hand_in(editor, content))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            signed_off(draft, signatory)
            uploading = threads.submit(upload)
            until_somebody_waits_for_a_lock()
        assert "A version of this month is waiting for acceptance" in uploading.result()
    assert [(version.pk, version.state) for version in in_progress()] == [(draft.pk, State.SUBMITTED)]


@pytest.fixture
def submitted(people: Kent) -> Version:
    """September's version, waiting for acceptance."""
    signatory = visitor(people, Role.PROVIDER_SIGNATORY)
    hand_in(signatory, file_of("to decide"))
    version = Version.objects.get()
    signatory.post(address(version, "sign-off/"), DECLARED)
    return version


@pytest.fixture
def commissioners(people: Kent) -> tuple[Client, Client]:
    """The coordinating commissioner in two browsers."""
    return visitor(people, Role.COORDINATING_COMMISSIONER), visitor(people, Role.COORDINATING_COMMISSIONER)


def test_two_acceptances_happen_once_and_the_other_is_told(submitted: Version, commissioners):
    answers = at_once(
        *(
            lambda client=client: client.post(address(submitted, "decision/"), {"decision": "accept"}, follow=True)
            for client in commissioners
        )
    )
    assert Move.objects.filter(to_state=State.ACCEPTED).count() == 1
    assert sum("is accepted. Its figures" in text_of(answer) for answer in answers) == 1
    assert sum("Somebody may have acted before you" in text_of(answer) for answer in answers) == 1


def test_accepting_against_sending_back_ends_in_one_of_the_two(submitted: Version, commissioners):
    accepts, sends_back = commissioners
    answers = at_once(
        lambda: accepts.post(address(submitted, "decision/"), {"decision": "accept"}, follow=True),
        lambda: sends_back.post(
            address(submitted, "decision/"), {"decision": "send-back", "queries": "Activity F2"}, follow=True
        ),
    )
    assert [answer.status_code for answer in answers] == [HTTPStatus.OK] * 2
    decided = Move.objects.filter(version=submitted, to_state__in=[State.ACCEPTED, State.SENT_BACK])
    assert decided.count() == 1
    assert sum("Somebody may have acted before you" in text_of(answer) for answer in answers) == 1


def test_accepting_against_withdrawing_ends_in_one_of_the_two(people: Kent, submitted: Version, commissioners):
    signatory = visitor(people, Role.PROVIDER_SIGNATORY)
    answers = at_once(
        lambda: commissioners[0].post(address(submitted, "decision/"), {"decision": "accept"}, follow=True),
        lambda: signatory.post(address(submitted, "withdrawal/"), {"reason": "Wrong file"}, follow=True),
    )
    assert sum("Somebody may have acted before you" in text_of(answer) for answer in answers) == 1
    decided = Move.objects.filter(version=submitted, to_state__in=[State.ACCEPTED, State.WITHDRAWN])
    assert decided.count() == 1
