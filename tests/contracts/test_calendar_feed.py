"""The private calendar: what it holds, for whom, and that its secret is kept nowhere."""

import logging
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pytest_django.fixtures import Settings

from contracts.actions.calendar_addresses import make_calendar_address, revoke_calendar_address
from contracts.actions.clock_changes import ProposedChange, agree_clock_change, propose_clock_change
from contracts.actions.refusals import Refused
from contracts.audit import Actor, first_broken_link
from contracts.calendar_feed.entries import entries_of
from contracts.calendar_feed.secrets_of_feeds import fingerprint_of
from contracts.levers.ladder import NoticeStage as S
from contracts.models import CalendarFeed, ClockChangeKind, Event, Membership, Notice, Role, User
from tests.admin_pages import signed_in
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.notices import CPN, IBN, acting, asked_notice, moved, served_notice


@pytest.fixture
def notice(kent: Kent) -> Notice:
    """Served on 8 October 2019: the meeting is due on the 22nd."""
    return served_notice(kent, CPN, on=date(2019, 10, 8))


def address_of(person: User) -> str:
    secret = make_calendar_address(person, instead_of=None, by=Actor.person(person), at=DEMO_MOMENT)
    return reverse("calendar_feed", args=[secret])


def events_at(address: str) -> list[Any]:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_calendar_holds_each_open_clock_as_an_all_day_entry(kent: Kent, notice: Notice) -> None:
    remedy = served_notice(kent, IBN, on=date(2019, 10, 14), element=None)
    asked_notice(kent, CPN, subject="Not served")
    first, second = events_at(address_of(kent.people[Role.PROVIDER_EDITOR]))
    assert first["SUMMARY"] == f"Remedy due: {remedy}"
    assert second["SUMMARY"] == f"Contract management meeting due: {notice}"
    assert (second["DTSTART"].dt, second["DTEND"].dt) == (date(2019, 10, 22), date(2019, 10, 23))
    assert second["UID"] == f"clock-{notice.clocks.get().pk}@kcc-cypmhs-s76.joint-funding-portal"
    assert second["SEQUENCE"] == 0
    assert second["DTSTAMP"].dt == datetime(2019, 10, 8, 8, 30, tzinfo=UTC)
    said = second["DESCRIPTION"].split("\n")
    assert said[0] == f"West Kent CCG and NELFT to act. {kent.agreement.name}."
    assert said[1] == "10 Operational Days from 8 October 2019, which does not count."
    assert "to be checked against your contract" in second["DESCRIPTION"]
    assert second["URL"].endswith(f"/agreements/{kent.agreement.reference}/notices/#notice-{notice.pk}")


def test_it_names_nobody(kent: Kent, notice: Notice) -> None:
    answer = Client().get(address_of(kent.people[Role.AUDITOR]))
    text = answer.content.decode().replace("\r\n ", "")
    assert [str(one) for one in kent.people.values() if str(one) in text or one.email in text] == []


def test_the_same_rows_give_the_same_bytes_on_any_day(kent: Kent, notice: Notice, settings: Settings) -> None:
    address = address_of(kent.people[Role.COUNCIL_COMMISSIONER])
    before = Client().get(address).content
    settings.PORTAL_TODAY = date(2019, 10, 21)
    assert Client().get(address).content == before


def test_a_moved_clock_is_the_same_entry_with_a_higher_sequence(kent: Kent, notice: Notice) -> None:
    address = address_of(kent.people[Role.COUNCIL_COMMISSIONER])
    (before,) = events_at(address)
    by, other = acting(kent, Role.PROVIDER_EDITOR), acting(kent, Role.COORDINATING_COMMISSIONER)
    more = ProposedChange(ClockChangeKind.EXTENSION, "More time", extra=2)
    change = propose_clock_change(notice.clocks.get(), proposed=more, by=by, at=DEMO_MOMENT)
    agree_clock_change(change, by=other, at=DEMO_MOMENT)
    (after,) = events_at(address)
    assert (after["UID"], after["SEQUENCE"], after["DTSTART"].dt) == (before["UID"], 1, date(2019, 10, 24))
    assert after["DTSTAMP"].dt == DEMO_MOMENT
    assert "Moved from 22 October 2019 to 24 October 2019" in after["DESCRIPTION"]


def test_an_ended_clock_leaves_the_calendar(kent: Kent, notice: Notice) -> None:
    address = address_of(kent.people[Role.COUNCIL_COMMISSIONER])
    moved(kent, notice, S.ACTION, on=DEMO_DAY)
    assert events_at(address) == []


def test_a_role_taken_away_takes_its_clocks_and_a_deactivated_person_has_no_calendar(
    kent: Kent, notice: Notice
) -> None:
    person = kent.people[Role.COUNCIL_COMMISSIONER]
    address = address_of(person)
    assert len(events_at(address)) == 1
    Membership.objects.filter(user=person).delete()
    assert events_at(address) == []
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_a_revoked_or_replaced_address_answers_404(kent: Kent, notice: Notice) -> None:
    person = kent.people[Role.COUNCIL_COMMISSIONER]
    first = address_of(person)
    held = CalendarFeed.objects.get()
    by = Actor.person(person)
    secret = make_calendar_address(person, instead_of=held.pk, by=by, at=DEMO_MOMENT)
    second = reverse("calendar_feed", args=[secret])
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    with pytest.raises(Refused, match="Nothing was done"):
        make_calendar_address(person, instead_of=held.pk, by=by, at=DEMO_MOMENT)
    newest = CalendarFeed.objects.get(revoked_at=None)
    revoke_calendar_address(person, feed=newest.pk, by=by, at=DEMO_MOMENT)
    assert Client().get(second).status_code == 404
    with pytest.raises(Refused, match="Nothing was done"):
        revoke_calendar_address(person, feed=newest.pk, by=by, at=DEMO_MOMENT)


def test_the_secret_is_kept_nowhere(kent: Kent, notice: Notice, caplog: pytest.LogCaptureFixture) -> None:
    person = kent.people[Role.COUNCIL_COMMISSIONER]
    secret = make_calendar_address(person, instead_of=None, by=Actor.person(person), at=DEMO_MOMENT)
    assert len(secret) == 43, "256 bits in base 64"
    feed = CalendarFeed.objects.get()
    assert feed.fingerprint == fingerprint_of(secret)
    User.objects.filter(pk=person.pk).update(is_active=False)
    with caplog.at_level(logging.DEBUG):
        Client().get(reverse("calendar_feed", args=[secret]))
        for mistyped in (
            "/calendar/{}",
            "/calendar/{}.ICS",
            "/Calendar/{}.ics",
            "/calendar/x/{}.ics",
            "/calendar/{} .ics",
        ):
            Client().get(mistyped.format(secret))
    assert caplog.text.count("Not Found: /calendar/(private)") == 6
    assert secret not in caplog.text
    events = Event.objects.filter(action__startswith="calendar address")
    assert [(event.subject, event.agreement) for event in events] == [("Alex Morgan", None)]
    assert [e.pk for e in Event.objects.all() if secret in str(vars(e)) or feed.fingerprint in str(vars(e))] == []
    assert first_broken_link(None) is None


def test_another_form_of_the_address_is_nobodys(kent: Kent) -> None:
    make_calendar_address(kent.people[Role.AUDITOR], instead_of=None, by=acting(kent, Role.AUDITOR), at=DEMO_MOMENT)
    fingerprint = CalendarFeed.objects.get().fingerprint
    for guess in (fingerprint, "x", "x" * 5000, "\N{SNOWMAN}", "%20"):
        assert Client().get(f"/calendar/{guess}.ics").status_code == 404
    assert Client().post("/calendar/x.ics").status_code == 405


def test_who_asks_too_often_waits_however_the_minute_turns(kent: Kent, settings: Settings) -> None:
    settings.CALENDARS_A_MINUTE = 2
    answers = [Client().get("/calendar/nobodys.ics", REMOTE_ADDR="10.0.0.1") for _ in range(7)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 3, "of seven in a row, two pass in each of at most two minutes"
    assert all(1 <= int(answer.headers["Retry-After"]) <= 60 for answer in refused)
    assert Client().get("/calendar/nobodys.ics", REMOTE_ADDR="10.0.0.2").status_code == 404


def test_as_many_queries_for_many_clocks_as_for_one(kent: Kent, django_assert_num_queries: Any) -> None:
    person = kent.people[Role.COUNCIL_COMMISSIONER]
    served_notice(kent, CPN)
    with django_assert_num_queries(6):
        entries_of(person)
    for number in range(5):
        served_notice(kent, CPN, subject=f"Subject {number}")
    with django_assert_num_queries(6):
        assert len(entries_of(person)) == 6


def test_the_pages_make_show_once_replace_and_revoke(kent: Kent, notice: Notice, client: Client) -> None:
    page, new, revoke = (reverse(f"notices_calendar{step}") for step in ("", "_new", "_revoke"))
    signed_in(client, kent.people[Role.PROVIDER_EDITOR])
    assert b"You have no private address" in client.get(page).content
    made = client.post(new, {"feed": ""})
    address = made.context["address"]
    assert made.headers["Cache-Control"] == "no-store"
    assert address in made.content.decode()
    assert len(events_at(address.removeprefix("http://testserver"))) == 1
    again = client.post(new, {"feed": ""}, follow=True)
    assert "Nothing was done" in again.content.decode(), "the same form sent again ends nothing"
    assert address.rpartition("/")[2] not in again.content.decode()
    key = CalendarFeed.objects.get(revoked_at=None).pk
    assert "stops working at once" in client.get(new).content.decode()
    assert client.post(new, {"feed": str(key)}).context["address"] != address
    key = CalendarFeed.objects.get(revoked_at=None).pk
    assert "never works again" in client.get(revoke).content.decode()
    assert "was revoked" in client.post(revoke, {"feed": str(key)}, follow=True).content.decode()
    assert not CalendarFeed.objects.filter(revoked_at=None).exists()
    for sent in ("", "x", "\u0663", "9" * 40, str(key)):
        assert client.post(revoke, {"feed": sent}, follow=True).status_code == 200


def test_nobody_revokes_anothers_address(kent: Kent, client: Client) -> None:
    make_calendar_address(kent.people[Role.AUDITOR], instead_of=None, by=acting(kent, Role.AUDITOR), at=DEMO_MOMENT)
    signed_in(client, kent.people[Role.PROVIDER_EDITOR])
    client.post(reverse("notices_calendar_revoke"), {"feed": str(CalendarFeed.objects.get().pk)})
    assert CalendarFeed.objects.get().revoked_at is None
