"""The page of the syncs: what an administrator sees of them, and that nobody sees a case or anybody else the page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts import clock
from contracts.api_clients import revoke
from contracts.audit import CONSOLE
from contracts.models import Agreement, ClientUse, Organisation, Party, PartyRole, Role
from performance.actions.sync_alerts import write_alerts
from performance.models import RecomputeNeed, SyncRun, SyncTerms
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.council_sync import agreed, came, sender
from tests.visiting import text_of, visitor

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_half_past_nine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's day has the real time of day, and what is ten minutes ago should stay so."""
    monkeypatch.setattr(clock, "now", lambda: DEMO_MOMENT)


def said(kent: Kent) -> str:
    answer = visitor(kent, Role.ADMINISTRATOR).get(reverse("sync"))
    assert answer.status_code == 200
    return text_of(answer)


def test_without_any_sync_the_page_says_how_there_will_be_one(kent: Kent) -> None:
    assert "No agreement has a sync yet." in said(kent)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_it_is_for_administrators(kent: Kent, role: Role) -> None:
    answer = visitor(kent, role).get(reverse("sync"))
    assert answer.status_code == 403
    assert "Only administrators may open this page." in text_of(answer)
    assert Client().get(reverse("sync")).status_code == 302


def test_the_admin_site_leads_to_it(kent: Kent) -> None:
    page = visitor(kent, Role.ADMINISTRATOR).get(reverse("admin:index")).content.decode()
    assert f'href="{reverse("sync")}"' in page


def test_a_sync_on_time(kent: Kent) -> None:
    agreed(kent.agreement, 26)
    client = sender(kent.agreement, DEMO_MOMENT - 40 * DAY)
    came(client, kent.agreement, DEMO_MOMENT - 40 * DAY, {"personal-data": 9})
    came(client, kent.agreement, DEMO_MOMENT - 10 * DAY, {"unknown-district": 3, "personal-data": 1})
    came(client, kent.agreement, DEMO_MOMENT - 2 * timedelta(hours=1), {"unknown-district": 2})
    text = said(kent)
    assert "On time The last batch came 2 hours ago. The next is expected by 18 October 2019 at 9:30am." in text
    assert "Last batch 17 October 2019 at 7:30am, from KCC Early Help system" in text
    assert "It describes Thursday 17 October 2019" in text
    assert "Its cases 1 created, 0 updated, 0 unchanged, 1 stale, 2 refused" in text
    assert "Lag 3 hours 20 minutes from its newest change of a case until it came" in text
    assert "Last 7 days 1 batch " in text
    assert "Unknown district 2 5 Personal data 0 1" in text
    assert "EH-2019" not in text


def test_a_late_sync_and_who_was_told(kent: Kent) -> None:
    agreed(kent.agreement, 26)
    came(sender(kent.agreement, DEMO_MOMENT - 40 * DAY), kent.agreement, DEMO_MOMENT - 3 * DAY)
    write_alerts(kent.agreement, at=DEMO_MOMENT)
    text = said(kent)
    assert (
        "Late The last batch came 3 days ago. One was expected by 15 October 2019 at 11:30am: at most 26 hours" in text
    )
    assert "14 October 2019 at 9:30am 17 October 2019 at 9:30am 0 of 1 message" in text
    assert "No case was refused in the last 30 days." in text


def test_a_batch_that_was_refused_whole_is_told_and_not_counted(kent: Kent) -> None:
    agreed(kent.agreement, 26)
    client = sender(kent.agreement, DEMO_MOMENT - 40 * DAY)
    came(client, kent.agreement, DEMO_MOMENT - timedelta(hours=1), {"unit": 3}, told=0)
    assert "A batch came 1 hour ago of which every case was refused." in said(kent)
    came(client, kent.agreement, DEMO_MOMENT - 3 * DAY)
    text = said(kent)
    assert "Late The last batch came 3 days ago." in text
    assert "A batch came 1 hour ago of which every case was refused." in text
    assert "1 created, 0 updated, 0 unchanged, 1 stale, 0 refused Lag 3 hours 20 minutes" in text
    came(client, kent.agreement, DEMO_MOMENT)
    assert "every case was refused" not in said(kent)


def test_batches_that_come_on_time_with_an_old_day_are_told(kent: Kent) -> None:
    agreed(kent.agreement, 26)
    client = sender(kent.agreement, DEMO_MOMENT - 40 * DAY)
    came(client, kent.agreement, DEMO_MOMENT, as_of=date(2019, 8, 31))
    text = said(kent)
    assert "On time" in text
    assert "The newest day that a batch describes is Saturday 31 August 2019." in text
    came(client, kent.agreement, DEMO_MOMENT)
    assert "The newest day" not in said(kent)


def test_a_sync_that_never_came(kent: Kent) -> None:
    agreed(kent.agreement, 26)
    assert "Never came No batch ever came, and no system may send one." in said(kent)
    sender(kent.agreement, DEMO_MOMENT - 3 * DAY)
    text = said(kent)
    assert "a system that may send one was made on 14 October 2019 at 9:30am." in text
    assert "One was expected by 15 October 2019 at 11:30am" in text


def test_a_sync_without_an_agreed_time(kent: Kent) -> None:
    came(sender(kent.agreement, DEMO_MOMENT), kent.agreement, DEMO_MOMENT - 15 * DAY)
    assert "No time agreed The last batch came 15 days ago. Nobody agreed how often it comes" in said(kent)


def test_systems_are_stale_by_real_time_and_those_revoked_stand_apart(kent: Kent) -> None:
    agreed(kent.agreement, 26)
    for name, hours in (("Used", 25), ("Stale", 27), ("Gone", 1)):
        client = sender(kent.agreement, DEMO_MOMENT, name)
        ClientUse.objects.create(client=client, minute=timezone.now() - timedelta(hours=hours), requests=1)
    revoke(client, by=CONSOLE, at=DEMO_MOMENT)
    sender(kent.agreement, DEMO_MOMENT, "Unused")
    rows = visitor(kent, Role.ADMINISTRATOR).get(reverse("sync")).context["syncs"][0]
    assert [(row.name, row.state, row.is_stale) for row in rows.senders] == [
        ("Stale", "Nothing for 26 hours", True),
        ("Unused", "Never asked anything", True),
        ("Used", "In use", False),
    ]
    assert [(row.name, row.state, row.is_stale) for row in rows.revoked] == [("Gone", "Revoked", False)]
    assert "Revoked: Gone (Kent County Council)." in said(kent)


def test_many_syncs_cost_what_one_costs(kent: Kent) -> None:
    client = visitor(kent, Role.ADMINISTRATOR)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("sync")).status_code == 200
        return len(queries)

    agreed(kent.agreement, 26)
    came(sender(kent.agreement, DEMO_MOMENT), kent.agreement, DEMO_MOMENT, {"date": 1})
    write_alerts(kent.agreement, at=DEMO_MOMENT + 3 * DAY)
    one = cost()
    for number in range(3):
        other = Agreement.objects.get(pk=kent.agreement.pk)
        other.pk, other.reference = None, f"OTHER-{number}"
        other.save(force_insert=True)
        Party.objects.create(
            agreement=other, organisation=Organisation.objects.get(short_name="KCC"), role=PartyRole.COUNCIL
        )
        agreed(other, 26)
        came(sender(other, DEMO_MOMENT, f"System {number}"), other, DEMO_MOMENT + number * DAY, {"date": 1})
        write_alerts(other, at=DEMO_MOMENT + 9 * DAY)
    assert cost() == one <= 12


# ---- in the admin site


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def test_terms_are_agreed_with_their_routes_line_by_line(administrator: Client, kent: Kent) -> None:
    given = {
        "agreement": kent.agreement.pk,
        "hours_between_batches": "26",
        "complete_from": "2018-04-01",
        "referral_routes": " SPA \n\nSchool\nSPA\nFront  Door",
    }
    answer = sent(administrator, add_address(SyncTerms), given)
    assert answer.status_code == 302, errors_of(answer)
    terms = SyncTerms.objects.get()
    assert terms.referral_routes == "SPA\nSchool\nFront Door"
    need = RecomputeNeed.objects.latest("pk")
    assert (need.agreement, need.from_month.isoformat()) == (kent.agreement, "2017-09-01")
    sent(administrator, change_address(terms), {"hours_between_batches": "30"})
    assert RecomputeNeed.objects.latest("pk") == need, "no month is known otherwise"
    sent(administrator, change_address(terms), {"complete_from": ""})
    assert RecomputeNeed.objects.latest("pk") != need


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("hours_between_batches", "0", "Enter 1 or more, or leave it empty for no alert."),
        ("complete_from", "2018-04-17", "Enter the first day of a month, such as 2018-04-01."),
        ("referral_routes", "SPA\n" + "x" * 41, "Line 2 is longer than 40 characters. Shorten the route."),
    ],
)
def test_terms_that_cannot_be_are_refused_in_words(
    administrator: Client, kent: Kent, field: str, value: str, says: str
) -> None:
    answer = sent(administrator, add_address(SyncTerms), {"agreement": kent.agreement.pk, field: value})
    assert errors_of(answer) == [says]


def test_batches_are_shown_without_any_case(administrator: Client, kent: Kent) -> None:
    run = came(sender(kent.agreement, DEMO_MOMENT), kent.agreement, DEMO_MOMENT, {"date": 2})
    for page in (reverse("admin:performance_syncrun_changelist"), change_address(run)):
        body = administrator.get(page).content.decode()
        assert "KCC Early Help system" in body
        assert "EH-2019" not in body
    assert administrator.get(add_address(SyncRun)).status_code == 403
    assert administrator.post(change_address(run), {}).status_code == 403
