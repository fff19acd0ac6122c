"""Terms that suggest a contract lever, in the admin site: added, refused with plain errors, checked, ended."""

from typing import Any

import pytest
from django.test import Client

from contracts.models import Event, Role
from performance.models import LeverSignalTerm, Signal
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import DEMO_DAY, Kent

TERM = LeverSignalTerm


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def a_term(kent: Kent, signal: Signal, **more: Any) -> dict[str, Any]:
    kind = kent.agreement.notice_kinds.get(abbreviation="AQN")
    return {
        "agreement": kent.agreement.pk,
        "kind": kind.pk,
        "signal": signal.value,
        "in_force_from": "2018-04-01",
        **more,
    }


def indicator(kent: Kent, code: str) -> int:
    return kent.agreement.indicators.get(code=code).pk


def element(kent: Kent, code: str) -> int:
    return kent.agreement.elements.get(code=code).pk


def added(administrator: Client, data: dict[str, Any]) -> list[str]:
    """The errors that a new term came back with; none where it was saved."""
    answer = sent(administrator, add_address(TERM), data)
    return [] if answer.status_code == 302 else errors_of(answer)


def test_an_administrator_adds_a_term(administrator: Client, kent: Kent) -> None:
    before = TERM.objects.count()
    data = a_term(kent, Signal.TARGET_MISSED, indicator=indicator(kent, "vacancy-rate"), months="6")
    assert added(administrator, data) == []
    assert TERM.objects.count() == before + 1
    event = Event.objects.order_by("-pk")[0]
    assert (event.action, event.agreement) == ("lever signal term added", kent.agreement)


@pytest.mark.parametrize(
    ("signal", "given", "said"),
    [
        (Signal.TARGET_MISSED, {}, ["Choose the indicator whose figures are looked at.", "Say for how many months"]),
        (Signal.NOT_REPORTED, {"indicator": "vacancy-rate"}, ["Say for how many months running."]),
        (Signal.STAFF_BELOW, {"indicator": "khnes-in-post", "months": "3"}, ["Give the share of the model below"]),
        (Signal.RETURN_LATE, {}, ["Say how many Operational Days late."]),
        (
            Signal.RETURN_LATE,
            {"days": "1", "months": "3"},
            ["Leave this empty: “A return is some"],
        ),
        (Signal.RETURN_LATE, {"days": "1", "element": "ehu"}, ["Leave this empty: “A return is some"]),
        (Signal.RETURN_LATE, {"days": "0"}, ["Give a number of Operational Days from 1 to 250."]),
        (
            Signal.TARGET_MISSED,
            {"indicator": "vacancy-rate", "months": "61"},
            ["months from 1 to 60."],
        ),
        (Signal.TARGET_MISSED, {"indicator": "staff-in-post", "months": "3"}, ["Choose an element: “Staff in post”"]),
        (
            Signal.TARGET_MISSED,
            {"indicator": "vacancy-rate", "months": "3", "element": "ehu"},
            ["Leave this empty: “Vacancy rate” is not worked out for each element."],
        ),
        (
            Signal.RETURN_LATE,
            {"days": "1", "in_force_until": "2018-04-01"},
            ["The first day out of force must be after the first day in force."],
        ),
    ],
)
def test_what_does_not_fit_is_said_plainly(
    administrator: Client, kent: Kent, signal: Signal, given: dict[str, str], said: list[str]
) -> None:
    data: dict[str, Any] = dict(given)
    if "indicator" in data:
        data["indicator"] = indicator(kent, given["indicator"])
    if "element" in data:
        data["element"] = element(kent, given["element"])
    errors = added(administrator, a_term(kent, signal, **data))
    assert len(errors) == len(said), errors
    assert all(any(part in error for error in errors) for part in said), errors


def test_a_second_term_for_the_same_signal_is_refused_while_the_first_holds(administrator: Client, kent: Kent) -> None:
    first = a_term(kent, Signal.RETURN_LATE, days="1")
    assert added(administrator, first) == []
    assert added(administrator, first | {"days": "5"}) == [
        "Another term for the same signal is in force on some of these days. End that one first, or start this one "
        "later."
    ]
    other = a_term(kent, Signal.NOT_REPORTED, indicator=indicator(kent, "vacancy-rate"), months="2")
    assert added(administrator, other) == []


def test_recording_where_it_stands_says_who_and_when_and_keeps_its_numbers(administrator: Client, kent: Kent) -> None:
    term = TERM.objects.filter(signal=Signal.RETURN_LATE).get()
    answer = sent(administrator, change_address(term), {"checked_reference": "SC28.2, page 31"})
    assert answer.status_code == 302, errors_of(answer)
    term.refresh_from_db()
    assert (term.checked_by, term.checked_on) == (kent.people[Role.ADMINISTRATOR], DEMO_DAY)

    assert sent(administrator, change_address(term), {"days": "9", "in_force_until": "2020-01-01"}).status_code == 302
    term.refresh_from_db()
    assert (term.days, f"{term.in_force_until}") == (1, "2020-01-01")


def test_a_term_that_has_begun_is_ended_not_deleted(administrator: Client, kent: Kent) -> None:
    term = TERM.objects.filter(signal=Signal.RETURN_LATE).get()
    answer = administrator.post(change_address(term).replace("/change/", "/delete/"), {"post": "yes"})
    assert answer.status_code == 403
    assert TERM.objects.filter(pk=term.pk).exists()
