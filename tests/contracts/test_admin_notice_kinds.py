"""Kinds of notice in the admin site: a new one without code that people then use, and what stays once it is used."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from contracts.actions.notices import AskedNotice, ask_for_notice, serve_notice
from contracts.levers.ladder import NoticeStage
from contracts.models import (
    Event,
    Letter,
    Notice,
    NoticeClock,
    NoticeKind,
    NoticeStep,
    Role,
    StepClock,
    WithholdingTerm,
)
from tests.admin_pages import add_address, change_address, errors_of, sent, signed_in
from tests.kent import DEMO_DAY, Kent
from tests.notices import ASKED_ON, SERVED_ON, acting, kind_of, moment_of, moved, served_notice

pytestmark = pytest.mark.django_db
S = NoticeStage
FOUND = "General Condition 9.5, page 41"


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def accepted(answer: Any) -> None:
    assert answer.status_code == 302, errors_of(answer)


def new_kind(administrator: Client, kent: Kent) -> NoticeKind:
    """A kind that no code knows, typed into the admin site: put right within 15 days, or withheld."""
    steps = {
        "steps-0-stage": "action",
        "steps-0-name": "Waiting list to be cleared",
        "steps-0-who_acts": "provider",
        "steps-1-stage": "withholding",
        "steps-1-name": "Withholding",
        "steps-1-who_acts": "provider",
    }
    withheld = {
        "withholding_terms-0-percent": "1.5",
        "withholding_terms-0-basis": "element",
        "withholding_terms-0-in_force_from": "2017-09-01",
    }
    own = {
        "agreement": str(kent.agreement.pk),
        "name": "Waiting times notice",
        "abbreviation": "WTN",
        "code": "waiting-times-notice",
        "clause": "Schedule 2",
        "position": "4",
    }
    accepted(sent(administrator, add_address(NoticeKind), own | steps | withheld))
    kind = NoticeKind.objects.get(code="waiting-times-notice")
    action = kind.steps.get(stage="action")
    clock = {"clocks-0-count": "15", "clocks-0-unit": "operational-days", "clocks-0-in_force_from": "2017-09-01"}
    accepted(sent(administrator, change_address(action), clock))
    return kind


def test_a_kind_added_without_code_is_asked_for_served_and_moved(administrator: Client, kent: Kent) -> None:
    kind = new_kind(administrator, kent)
    element = kent.agreement.elements.get(code="ehu")
    asked = AskedNotice(kind, "Waiting times", "Half of the children wait longer than agreed.", element)
    notice = ask_for_notice(
        kent.agreement, asked=asked, by=acting(kent, Role.COUNCIL_COMMISSIONER), at=moment_of(ASKED_ON)
    )
    by = acting(kent, Role.COORDINATING_COMMISSIONER)
    served = serve_notice(notice, served_on=SERVED_ON, by=by, at=moment_of(SERVED_ON))
    assert (served.stage, served.title) == (S.ACTION, "Waiting times notice 2019/01")
    clock = NoticeClock.objects.get(notice=served)
    assert (clock.count, clock.due_on) == (15, date(2019, 9, 24))
    assert "15 Operational Days for “Waiting list to be cleared”" in Letter.objects.get(notice=served).body
    withheld = moved(kent, served, S.WITHHOLDING, on=date(2019, 9, 25), reason="Nothing was done")
    body = Letter.objects.get(notice=withheld, occasion="withholding").body
    assert "1.5% of the monthly instalment of Support to Early Help Units is withheld" in body
    assert moved(kent, withheld, S.RESOLVED, on=date(2019, 10, 1)).stage == S.RESOLVED


def test_a_kind_is_one_event_with_all_its_stages(administrator: Client, kent: Kent) -> None:
    kind = new_kind(administrator, kent)
    first = Event.objects.get(action="notice kind added")
    assert (first.subject, first.agreement) == ("Waiting times notice", kent.agreement)
    assert first.after is not None
    assert {key.rpartition(" ")[0] for key in first.after if " " in key} == {"notice step", "withholding term"}
    second = Event.objects.get(action="notice step changed")
    assert second.subject == str(kind.steps.get(stage="action"))


def test_a_stage_of_a_kind_in_use_is_not_deleted(administrator: Client, kent: Kent) -> None:
    served_notice(kent)
    kind = kind_of(kent)
    places = list(kind.steps.order_by("pk").values_list("stage", flat=True))
    answer = sent(administrator, change_address(kind), {f"steps-{places.index('withholding')}-DELETE": "on"})
    assert answer.status_code == 200
    assert "“Withholding” stays, because 1 notice of this kind goes through its stages." in answer.content.decode()
    step = kind.steps.get(stage="withholding")
    page = administrator.post(f"/admin/contracts/noticestep/{step.pk}/delete/", {"post": "yes"})
    assert NoticeStep.objects.filter(pk=step.pk).exists()
    assert "1 notice" in page.content.decode()


def test_a_kind_in_use_keeps_its_name_and_abbreviation(administrator: Client, kent: Kent) -> None:
    notice = served_notice(kent)
    kind = kind_of(kent)
    changes = {"name": "Another name", "abbreviation": "OTHER", "clause": "General Condition 10"}
    accepted(sent(administrator, change_address(kind), changes))
    kind.refresh_from_db()
    assert (kind.name, kind.abbreviation, kind.clause) == ("Contract Performance Notice", "CPN", "General Condition 10")
    assert Notice.objects.get(pk=notice.pk).title == "Contract Performance Notice 2019/01"
    new = new_kind(administrator, kent)
    accepted(sent(administrator, change_address(new), {"name": "Waiting list notice"}))
    assert NoticeKind.objects.get(pk=new.pk).name == "Waiting list notice"


def test_a_stage_of_a_kind_nobody_used_is_deleted(administrator: Client, kent: Kent) -> None:
    kind = new_kind(administrator, kent)
    accepted(sent(administrator, change_address(kind), {"steps-1-DELETE": "on"}))
    assert list(kind.steps.values_list("stage", flat=True)) == ["action"]


def meeting(kent: Kent) -> NoticeStep:
    return kind_of(kent).steps.get(stage="meeting")


def test_a_term_found_in_the_contract_says_who_found_it(administrator: Client, kent: Kent) -> None:
    step = meeting(kent)
    accepted(sent(administrator, change_address(step), {"clocks-0-checked_reference": FOUND}))
    term = step.clocks.get()
    assert (term.checked_reference, term.checked_by, term.checked_on) == (
        FOUND,
        kent.people[Role.ADMINISTRATOR],
        DEMO_DAY,
    )
    event = Event.objects.latest("pk")
    assert event.action == "notice step changed"
    assert event.after == {f"step clock {term.pk}": {"checked_reference": FOUND}}


def test_a_checked_term_keeps_its_days_and_is_followed_by_another(administrator: Client, kent: Kent) -> None:
    page = change_address(meeting(kent))
    sent(administrator, page, {"clocks-0-checked_reference": FOUND})
    for changes in ({"clocks-0-count": "15"}, {"clocks-0-in_force_from": "2018-01-01"}):
        answer = sent(administrator, page, changes)
        assert f"found in the contract at “{FOUND}”, so it stays as it is" in " ".join(errors_of(answer))
    answer = sent(administrator, page, {"clocks-0-checked_reference": ""})
    assert "Correct the place, or end the term" in " ".join(errors_of(answer))
    other = {"count": "15", "unit": "operational-days", "in_force_from": "2020-04-01"}
    rows = {"clocks-TOTAL_FORMS": "2", "clocks-0-in_force_until": "2020-04-01"}
    accepted(sent(administrator, page, rows | {f"clocks-1-{name}": value for name, value in other.items()}))
    assert list(meeting(kent).clocks.order_by("pk").values_list("count", "checked_reference")) == [
        (10, FOUND),
        (15, ""),
    ]


def test_terms_do_not_overlap_and_begun_ones_are_ended(administrator: Client, kent: Kent) -> None:
    page = change_address(meeting(kent))
    other = {"count": "15", "unit": "operational-days", "in_force_from": "2019-04-01"}
    rows = {"clocks-TOTAL_FORMS": "2"} | {f"clocks-1-{name}": value for name, value in other.items()}
    assert "still in force on 1 April 2019" in " ".join(errors_of(sent(administrator, page, rows)))
    answer = sent(administrator, page, {"clocks-0-DELETE": "on"})
    assert "clocks may have run by it" in answer.content.decode()


@pytest.mark.parametrize("count", ["0", "251", "-1", "ten", "99999999"])
def test_a_clock_runs_a_day_at_least(administrator: Client, kent: Kent, count: str) -> None:
    answer = sent(administrator, change_address(meeting(kent)), {"clocks-0-count": count})
    assert (answer.status_code, StepClock.objects.get(step=meeting(kent)).count) == (200, 10)


def test_a_withholding_term_found_in_the_contract_stays(administrator: Client, kent: Kent) -> None:
    page = change_address(kind_of(kent))
    accepted(sent(administrator, page, {"withholding_terms-0-checked_reference": FOUND}))
    answer = sent(administrator, page, {"withholding_terms-0-percent": "3"})
    assert "so it stays as it is" in " ".join(errors_of(answer))
    assert WithholdingTerm.objects.get(kind=kind_of(kent)).checked_by == kent.people[Role.ADMINISTRATOR]


def test_a_kind_that_has_notices_is_not_deleted(administrator: Client, kent: Kent) -> None:
    served_notice(kent)
    kind = kind_of(kent)
    administrator.post(f"/admin/contracts/noticekind/{kind.pk}/delete/", {"post": "yes"})
    assert NoticeKind.objects.filter(pk=kind.pk).exists()
