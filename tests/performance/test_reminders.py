"""Reminders of returns: who is reminded of what, once, and again when the due day moves."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.mail.message import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from contracts.audit import Actor
from contracts.models import AddedHoliday, Event, Membership, Organisation, Role, User
from performance.actions.days import make_obligations
from performance.actions.deciding import send_back, withdraw
from performance.actions.reminding import remind, write_reminders
from performance.models import Reminder, ReminderRule, Return, Version
from performance.tasks import send_reminders
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_MOMENT, LONDON, Kent
from tests.signing import signed_off
from tests.visiting import RETURNS, hand_in, text_of, visitor

SEPTEMBER, OCTOBER = date(2019, 9, 1), date(2019, 10, 1)
EDITOR, SIGNATORY = "sam.ellis@nelft.example", "nina.rao@nelft.example"
REFUSED = "refused@nelft.example"


def on(day: int, month: int = 10) -> datetime:
    return datetime(2019, month, day, 9, 0, tzinfo=LONDON)


@pytest.fixture
def reminded(kent: Kent, settings: Settings) -> Kent:
    """Kent with the obligations of the year, of which September's is due on 14 October."""
    settings.PORTAL_ADDRESS = "https://portal.example.org"
    make_obligations(kent.agreement, until=date(2020, 1, 1))
    kent.agreement.returns.filter(month__lt=SEPTEMBER).delete()
    return kent


def uploaded(kent: Kent, comment: str = "") -> Version:
    hand_in(visitor(kent, Role.PROVIDER_EDITOR), workbook_with({("Activity", "H2"): comment}, month=SEPTEMBER))
    return Version.objects.latest("number")


def person(kent: Kent, role: Role) -> Actor:
    return Actor.person(kent.people[role])


def test_everybody_who_may_upload_or_sign_is_told_once(reminded: Kent) -> None:
    assert remind(reminded.agreement, at=on(9)) == 2
    assert [message.to for message in mail.outbox] == [[SIGNATORY], [EDITOR]]
    first = mail.outbox[0]
    assert first.subject == "Return for September 2019: due in 3 Operational Days"
    assert "is due in 3 Operational Days, on Monday 14 October 2019." in first.body
    assert "https://portal.example.org/agreements/KCC-CYPMHS-S76/returns/upload/" in first.body
    assert "\n\n\n" not in first.body
    assert "&" not in first.body
    assert remind(reminded.agreement, at=on(9) + timedelta(hours=1)) == 0
    assert remind(reminded.agreement, at=on(10)) == 0
    event = Event.objects.get(action="reminders written")
    assert event.after == {
        "for": "3 Operational Days before the day the return is due",
        "due on": "2019-10-14",
        "to": [SIGNATORY, EDITOR],
    }


def test_each_rule_reminds_on_its_day(reminded: Kent) -> None:
    subjects = {}
    for day in range(7, 19):
        mail.outbox.clear()
        remind(reminded.agreement, at=on(day))
        subjects[day] = {message.subject.partition(": ")[2] for message in mail.outbox}
    assert {day: said for day, said in subjects.items() if said} == {
        9: {"due in 3 Operational Days"},
        14: {"due today"},
        15: {"1 Operational Day late"},
    }


def test_the_task_reminds_on_the_portals_day(reminded: Kent) -> None:
    """On the demo's day September is three days late: the last reminder alone is caught up with."""
    send_reminders()
    assert {message.subject for message in mail.outbox} == {"Return for September 2019: 3 Operational Days late"}
    assert len(mail.outbox) == 2
    assert "was due on Monday 14 October 2019 and is 3 Operational Days late." in mail.outbox[0].body
    assert set(Reminder.objects.values_list("operational_days", flat=True)) == {1}


def test_nothing_is_sent_for_months_long_past(reminded: Kent) -> None:
    assert remind(reminded.agreement, at=on(30)) == 0


def test_a_signed_off_return_is_not_reminded_of(reminded: Kent) -> None:
    version = uploaded(reminded)
    signed_off(version, person(reminded, Role.PROVIDER_SIGNATORY), on(8))
    assert remind(reminded.agreement, at=on(14)) == 0
    withdraw(version, by=person(reminded, Role.PROVIDER_SIGNATORY), at=on(14), reason="Wrong file")
    assert remind(reminded.agreement, at=on(14)) == 2, "withdrawn, so open again"


def test_a_draft_is_to_be_signed_off(reminded: Kent) -> None:
    uploaded(reminded)
    remind(reminded.agreement, at=on(14))
    assert "nobody has signed it off" in mail.outbox[0].body
    assert "/returns/2019-09/\n" in mail.outbox[0].body


def test_what_was_sent_back_is_to_be_answered(reminded: Kent) -> None:
    version = signed_off(uploaded(reminded), person(reminded, Role.PROVIDER_SIGNATORY), on(8))
    send_back(version, by=person(reminded, Role.COORDINATING_COMMISSIONER), at=on(9), reason="Is F2 right?")
    remind(reminded.agreement, at=on(14))
    assert "It was sent back with queries" in mail.outbox[0].body


def test_a_rules_own_addresses_are_told_instead(reminded: Kent) -> None:
    ReminderRule.objects.filter(operational_days=0).update(addresses="returns@nelft.example\nother@nelft.example")
    remind(reminded.agreement, at=on(14))
    assert [message.to for message in mail.outbox] == [["returns@nelft.example"], ["other@nelft.example"]]


def test_only_active_people_of_the_provider_are_told(reminded: Kent) -> None:
    User.objects.filter(email=EDITOR).update(is_active=False)
    stranger = User.objects.create_user("editor@elsewhere.example", name="A stranger")
    council = Organisation.objects.get(short_name="KCC")
    Membership.objects.create(user=stranger, organisation=council, role=Role.PROVIDER_EDITOR)
    Membership.objects.create(
        user=reminded.people[Role.PROVIDER_SIGNATORY],
        organisation=Organisation.objects.get(short_name="NELFT"),
        role=Role.PROVIDER_EDITOR,
    )
    remind(reminded.agreement, at=on(14))
    assert [message.to for message in mail.outbox] == [[SIGNATORY]]


def test_a_holiday_announced_late_moves_the_day_and_reminds_anew(reminded: Kent, client: Client) -> None:
    remind(reminded.agreement, at=on(14))
    assert len(mail.outbox) == 2
    signed_in(client, reminded.people[Role.ADMINISTRATOR])
    sent(client, add_address(AddedHoliday), {"day": "2019-10-03", "name": "Day of thanks"})
    assert Return.objects.get(month=SEPTEMBER).due_on == date(2019, 10, 15)
    assert remind(reminded.agreement, at=on(14)) == 2, "of the new day: three days before it was the 10th"
    assert {message.subject for message in mail.outbox[2:]} == {"Return for September 2019: due in 1 Operational Day"}
    assert remind(reminded.agreement, at=on(15)) == 2, "on the new day itself"
    log = Reminder.objects.filter(address=EDITOR).order_by("pk").values_list("operational_days", "due_on")
    assert list(log) == [(0, date(2019, 10, 14)), (-3, date(2019, 10, 15)), (0, date(2019, 10, 15))]


class AwayBackend(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise ConnectionRefusedError(111, "Connection refused")


class RefusingBackend(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if messages[0].to == [REFUSED]:
            raise OSError("No such mailbox")
        return super().send_messages(messages)


def test_a_mail_server_that_is_away_is_tried_again(
    reminded: Kent, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"
    assert remind(reminded.agreement, at=on(14)) == 0
    assert list(Reminder.objects.values_list("sent_at", flat=True)) == [None, None]
    (said, _) = [one.getMessage() for one in caplog.records]
    assert "A reminder of the return of september 2019" in said
    assert "was not sent (ConnectionRefusedError" in said
    assert "tried again" in said
    assert "Traceback" not in caplog.text
    settings.EMAIL_BACKEND = working
    assert remind(reminded.agreement, at=on(14) + timedelta(minutes=10)) == 2
    assert Reminder.objects.count() == 2


def test_what_was_not_sent_is_overtaken_by_the_next(reminded: Kent, settings: Settings) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"
    for day in (9, 14):
        remind(reminded.agreement, at=on(day))
    settings.EMAIL_BACKEND = working
    assert remind(reminded.agreement, at=on(15)) == 2, "not six at once"
    assert Reminder.objects.filter(sent_at=None).count() == 4


def test_one_address_that_is_refused_does_not_stop_the_others(reminded: Kent, settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    ReminderRule.objects.filter(operational_days=0).update(addresses=f"{REFUSED}\nreturns@nelft.example")
    assert remind(reminded.agreement, at=on(14)) == 1
    assert Reminder.objects.get(sent_at=None).address == REFUSED


def test_a_copy_sent_twice_is_known_as_one(reminded: Kent) -> None:
    remind(reminded.agreement, at=on(14))
    Reminder.objects.update(sent_at=None)
    remind(reminded.agreement, at=on(14))
    identities = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(identities) == 4
    assert len(set(identities)) == 2
    assert all(one.endswith("@portal.example.org>") for one in identities)


# ---- in the admin site and on pages


@pytest.fixture
def administrator(client: Client, reminded: Kent) -> Client:
    return signed_in(client, reminded.people[Role.ADMINISTRATOR])


def test_addresses_are_checked_line_by_line(administrator: Client, reminded: Kent) -> None:
    rule = ReminderRule.objects.get(operational_days=1)
    lines = "Returns@nelft.example\n\nnobody\n returns@nelft.example \nTwo People@nelft.example"
    answer = sent(administrator, change_address(rule), {"addresses": lines})
    assert errors_of(answer) == [
        "Line 3, “nobody”, is no e-mail address. Write one address on each line, such as returns@provider.example.",
        "Line 5, “two people@nelft.example”, is no e-mail address. Write one address on each line, such as "
        "returns@provider.example.",
    ]
    sent(administrator, change_address(rule), {"addresses": "Returns@nelft.example\n\nother@nelft.example"})
    rule.refresh_from_db()
    assert rule.addresses == "returns@nelft.example\nother@nelft.example"
    event = Event.objects.latest("pk")
    assert (event.action, event.agreement) == ("reminder rule changed", reminded.agreement)
    assert event.after == {"addresses": rule.addresses}


def test_a_second_rule_for_a_day_is_refused(administrator: Client, reminded: Kent) -> None:
    data = {"agreement": reminded.agreement.pk, "operational_days": "1", "addresses": ""}
    assert sent(administrator, add_address(ReminderRule), data).status_code == 200
    assert ReminderRule.objects.count() == 3


def test_the_log_can_be_read_and_not_changed(administrator: Client, reminded: Kent) -> None:
    remind(reminded.agreement, at=on(14))
    page = administrator.get("/admin/performance/reminder/")
    assert SIGNATORY in page.content.decode()
    assert administrator.get(change_address(Reminder.objects.latest("pk"))).status_code == 200
    assert administrator.get(add_address(Reminder)).status_code == 403


@pytest.mark.parametrize("role", [Role.PROVIDER_EDITOR, Role.AUDITOR])
def test_the_months_page_says_who_was_reminded_when_and_for_which_day(reminded: Kent, role: Role) -> None:
    page = f"{RETURNS}2019-09/"
    assert "Reminders" not in text_of(visitor(reminded, role).get(page))
    remind(reminded.agreement, at=on(14))
    ReminderRule.objects.filter(operational_days=1).update(addresses="late@nelft.example")
    write_reminders(reminded.agreement, at=on(15))
    said = text_of(visitor(reminded, role).get(page))
    assert f"{SIGNATORY} on the day the return is due, Monday 14 October 2019 14 October 2019 at 9:00am" in said
    assert "late@nelft.example 1 Operational Day after the day the return is due, Monday 14 October 2019" in said
    assert "Not sent" in said


COMMISSIONERS = [Role.COUNCIL_COMMISSIONER, Role.COORDINATING_COMMISSIONER]


@pytest.mark.parametrize("role", COMMISSIONERS)
def test_commissioners_see_how_many_were_reminded_and_no_address(reminded: Kent, role: Role) -> None:
    remind(reminded.agreement, at=on(14))
    ReminderRule.objects.filter(operational_days=1).update(addresses="late@nelft.example")
    write_reminders(reminded.agreement, at=on(15))
    version = signed_off(uploaded(reminded), person(reminded, Role.PROVIDER_SIGNATORY), on(16))
    for page in (f"{RETURNS}2019-09/", f"{RETURNS}2019-09/versions/{version.number}/"):
        said = text_of(visitor(reminded, role).get(page, follow=True))
        assert "2 people on the day the return is due, Monday 14 October 2019 14 October 2019 at 9:00am" in said
        assert "1 person 1 Operational Day after the day the return is due, Monday 14 October 2019 Not sent" in said
        assert "@nelft.example" not in said


def test_a_version_s_page_says_so_too(reminded: Kent) -> None:
    remind(reminded.agreement, at=on(14))
    version = uploaded(reminded)
    page = f"{RETURNS}2019-09/versions/{version.number}/"
    assert SIGNATORY in text_of(visitor(reminded, Role.PROVIDER_EDITOR).get(page))


def test_the_demos_day_writes_one_reminder_a_person(reminded: Kent) -> None:
    write_reminders(reminded.agreement, at=DEMO_MOMENT)
    write_reminders(reminded.agreement, at=DEMO_MOMENT)
    assert sorted(Reminder.objects.values_list("address", flat=True)) == [SIGNATORY, EDITOR]
    assert not mail.outbox
