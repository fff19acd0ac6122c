"""Two people at one payment at the same moment, each with a database connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from contracts.audit import Actor, first_broken_link
from contracts.models import Event
from funding.actions.certifying import certify
from funding.actions.refusals import CannotPay
from funding.actions.reversing import reverse
from funding.actions.steps import approve, cancel, record_paid, send
from funding.actions.testing import record_test
from funding.draft_items import DraftItem
from funding.models import Direction, ItemKind, Payment
from funding.payment_moves import LIVE
from funding.queries.to_test import elements_to_test
from tests.kent import DEMO_DAY, Kent, load_terms
from tests.loaded_once import QUICK_HASHERS
from tests.money import (
    AUGUST,
    GROUNDS,
    approved,
    certified,
    finance,
    kcc,
    moment_after,
    paid,
    proposed,
    put_to_the_test,
    second_finance,
)
from tests.waiting import until_somebody_waits_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)
JULY = date(2019, 7, 1)
AT = moment_after(AUGUST, 25)


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    return load_terms(tmp_path / "sign-ins.json")


def at_once(*steps: Callable[[], Payment]) -> tuple[list[Payment], list[str]]:
    """Take the steps in threads that begin together: what came of those that could be, and why the others could not."""
    start = Barrier(len(steps))

    def take(step: Callable[[], Payment]) -> Payment | str:
        try:
            start.wait()
            return step()
        except CannotPay as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as threads:
        came = list(threads.map(take, steps))
    return [one for one in came if isinstance(one, Payment)], [one for one in came if isinstance(one, str)]


def both(people: Kent) -> tuple[Actor, Actor]:
    return Actor.person(finance(people)), Actor.person(second_finance(people))


def certifies(people: Kent, by: Actor, month: date = AUGUST) -> Callable[[], Payment]:
    found = proposed(people, month)
    facts: dict[str, Any] = {"payer": kcc(), "items": (), "expected_to_pay": found.due, "by": by, "at": AT}
    return lambda: certify(people.agreement, month, **facts)


def test_two_certifiers_of_a_month_leave_one_payment(people: Kent) -> None:
    done, refused = at_once(*(certifies(people, by) for by in both(people) * 2))
    assert len(done) == 1
    assert refused == ["The payment for August 2019 is there already (payment 1)."] * 3
    assert Payment.objects.count() == 1
    assert Event.objects.filter(action="payment certified").count() == 1


def test_certifiers_of_different_months_get_different_numbers(people: Kent) -> None:
    priya, daniel = both(people)
    months = [date(2019, number, 1) for number in range(4, 9)]
    done, refused = at_once(*(certifies(people, (priya, daniel)[month.month % 2], month) for month in months))
    assert refused == []
    assert sorted(payment.number for payment in done) == [1, 2, 3, 4, 5]
    assert first_broken_link(people.agreement) is None


def meeting(first: Callable[[], object], second: Callable[[], Payment]) -> str:
    """Why the second is refused, which comes upon what the first wrote and did not commit yet."""
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            first()
            later = thread.submit(lambda: at_once(second))
            until_somebody_waits_for_a_lock()
        done, refused = later.result()
    assert done == []
    return refused[0]


def test_a_month_paid_past_the_lock_is_refused_in_words(people: Kent) -> None:
    written = certified(people, JULY)
    written.pk, written.number, written.month = None, 90, AUGUST
    written._state.adding = True
    said = meeting(lambda: written.save(force_insert=True), certifies(people, both(people)[0]))
    assert said == "The payment for August 2019 is there already. Look at the page again."
    assert Payment.objects.filter(month=AUGUST).count() == 1


def test_a_reference_used_a_moment_ago_is_refused_in_words(people: Kent) -> None:
    _, by = both(people)
    one, other = (send(approved(people, certified(people, month)), by=by, at=AT) for month in (JULY, AUGUST))
    said = meeting(
        lambda: record_paid(one, reference="KCC-1", by=by, at=AT),
        lambda: record_paid(other, reference="KCC-1", by=by, at=AT),
    )
    assert said == "The reference KCC-1 was used for another payment a moment ago: give its own."
    other.refresh_from_db()
    assert other.state == "sent"


def test_one_correction_is_taken_by_one_payment(people: Kent) -> None:
    paid(people, date(2019, 6, 1))
    people.agreement.funding_lines.filter(element__code="lac").update(annual_amount=900_000)
    # July and August would each take what June was paid too much.
    facts = {month: proposed(people, month) for month in (JULY, AUGUST)}
    (priya, daniel) = both(people)

    def certifies_all(month: date, by: Actor) -> Payment:
        found = facts[month]
        return certify(
            people.agreement, month, payer=kcc(), items=found.items, expected_to_pay=found.to_pay, by=by, at=AT
        )

    done, refused = at_once(lambda: certifies_all(JULY, priya), lambda: certifies_all(AUGUST, daniel))
    assert len(done) == 1
    assert "The amounts changed since the page was opened: LAC Priority Assessment, June 2019" in refused[0]


def test_approving_and_cancelling_at_once(people: Kent) -> None:
    payment = put_to_the_test(people, certified(people))
    priya, daniel = both(people)
    done, refused = at_once(
        lambda: approve(payment, by=daniel, at=AT), lambda: cancel(payment, reason="Wrong", by=priya, at=AT)
    )
    payment.refresh_from_db()
    # An approved payment may still be cancelled; a cancelled one is not approved.
    assert payment.state == "cancelled"
    assert len(done) + len(refused) == 2
    assert all("is cancelled now, so it cannot be approved. Somebody may have acted" in said for said in refused)
    assert payment.moves.count() == Event.objects.filter(subject=str(payment)).count() == 2 + len(done)


def test_each_step_is_taken_once(people: Kent) -> None:
    payment = certified(people)
    _, daniel = both(people)
    answers = {element.pk: True for element in elements_to_test(payment)}
    steps: list[Callable[[], Payment]] = [
        lambda: record_test(payment, answers=answers, grounds=GROUNDS, by=daniel, at=AT),
        lambda: approve(payment, by=daniel, at=AT),
        lambda: send(payment, by=daniel, at=AT),
        lambda: record_paid(payment, reference="KCC-1", by=daniel, at=AT),
    ]
    for step in steps:
        done, refused = at_once(step, step, step)
        assert (len(done), len(refused)) == (1, 2)
        assert all("Somebody may have acted before you" in said for said in refused)
    assert payment.moves.count() == Event.objects.filter(subject=str(payment)).count() == 5


def test_one_reference_for_two_payments_at_once(people: Kent) -> None:
    _, daniel = both(people)
    sent = [send(approved(people, certified(people, month)), by=daniel, at=AT) for month in (JULY, AUGUST)]
    done, refused = at_once(*(lambda one=one: record_paid(one, reference="KCC-1", by=daniel, at=AT) for one in sent))
    assert len(done) == 1
    assert refused[0].startswith("The reference KCC-1 ")
    assert sorted(Payment.objects.values_list("state", "ledger_reference")) == [("paid", "KCC-1"), ("sent", "")]


def test_two_reversals_at_once_leave_one(people: Kent) -> None:
    payment = paid(people)
    done, refused = at_once(*(lambda by=by: reverse(payment, reason="Twice", by=by, at=AT) for by in both(people)))
    assert len(done) == 1
    assert refused == ["The reversal of payment 1 is under way already (payment 2)."]
    assert payment.counter_entries.filter(state__in=LIVE).count() == 1


def test_nothing_is_half_written(people: Kent) -> None:
    found = proposed(people)
    element = found.instalments[0].element
    much = DraftItem(element, Direction.DEDUCTION, ItemKind.NOTICE, found.due, AUGUST, "Withheld", notice="CPN-1")
    with pytest.raises(CannotPay):
        certify(
            people.agreement,
            AUGUST,
            payer=kcc(),
            items=[much],
            expected_to_pay=found.due - found.due,
            by=both(people)[0],
            at=AT,
        )
    assert not Payment.objects.exists()
    assert not Event.objects.exists()
