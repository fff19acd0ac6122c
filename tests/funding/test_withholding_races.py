"""A payment certified while its notice moves, and undone while another gives back what it withheld."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from contracts.actions.notice_moving import move_notice
from contracts.audit import Actor
from contracts.levers.ladder import NoticeStage
from contracts.models import Notice, Role
from funding.actions.certifying import certify
from funding.actions.refusals import CannotPay
from funding.actions.steps import cancel
from funding.models import Payment, PaymentItem
from tests.kent import DEMO_DAY, Kent, load_terms
from tests.loaded_once import QUICK_HASHERS
from tests.money import certified, finance, kcc, moment_after, proposed
from tests.waiting import until_somebody_waits_for_a_lock
from tests.withholding import put_right, withholding_notice

pytestmark = pytest.mark.django_db(transaction=True)
JUNE, JULY = date(2019, 6, 1), date(2019, 7, 1)


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    return load_terms(tmp_path / "sign-ins.json")


def certifying(kent: Kent, month: date = JUNE) -> Callable[[], Payment]:
    """Certify a month as it is proposed now, whatever happens until then."""
    found, by = proposed(kent, month), Actor.person(finance(kent))
    return lambda: certify(
        kent.agreement,
        month,
        payer=kcc(),
        items=found.items,
        expected_to_pay=found.to_pay,
        by=by,
        at=moment_after(month),
    )


def withdrawing(kent: Kent, notice: Notice) -> Callable[[], Notice]:
    by = Actor.person(kent.people[Role.COORDINATING_COMMISSIONER])
    facts = {"on": date(2019, 7, 5), "reason": "Served in error", "by": by, "at": moment_after(JUNE)}
    return lambda: move_notice(notice, to=NoticeStage.WITHDRAWN, **facts)  # type: ignore[arg-type]


def meeting(first: Callable[[], object], second: Callable[[], object]) -> str:
    """What comes of the second, which waits for the first to commit: empty, or why it is refused."""

    def take() -> str:
        try:
            second()
        except CannotPay as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            first()
            later = thread.submit(take)
            until_somebody_waits_for_a_lock()
        return later.result()


def test_a_certificate_waits_for_the_notice_that_moves_and_then_sees_it(people: Kent) -> None:
    notice = withholding_notice(people)
    said = meeting(withdrawing(people, notice), certifying(people))
    assert said.startswith("The amounts changed since the page was opened")
    assert not Payment.objects.exists()


def test_a_notice_that_moves_waits_for_the_certificate(people: Kent) -> None:
    notice = withholding_notice(people)
    assert meeting(certifying(people), withdrawing(people, notice)) == ""
    assert PaymentItem.objects.get(kind="notice").amount == 2000
    notice.refresh_from_db()
    assert notice.stage == NoticeStage.WITHDRAWN
    (back,) = [item for item in proposed(people, JULY).items if item.kind == "notice"]
    assert back.change == 2000


def test_what_withheld_is_not_undone_while_its_release_is_certified(people: Kent) -> None:
    notice = withholding_notice(people)
    june = certified(people, JUNE)
    put_right(people, notice)
    by = Actor.person(finance(people))
    said = meeting(certifying(people, JULY), lambda: cancel(june, reason="Wrong", by=by, at=moment_after(JULY)))
    assert "payment 2 gives back. Cancel or reverse payment 2 first." in said


def test_a_release_waits_for_what_withheld_to_be_undone_and_is_refused(people: Kent) -> None:
    notice = withholding_notice(people)
    june = certified(people, JUNE)
    put_right(people, notice)
    by = Actor.person(finance(people))
    release = certifying(people, JULY)
    said = meeting(lambda: cancel(june, reason="Wrong", by=by, at=moment_after(JULY)), release)
    assert said == "A payment that withheld what this one gives back was undone meanwhile. Look at the page again."
