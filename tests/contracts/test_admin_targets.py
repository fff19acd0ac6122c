"""A target changed in the admin site: one save, one event, one need; and verdicts that move from its month only."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from contracts.models import Event, Indicator, Role, Target
from performance.models import Figure, RecomputeNeed
from performance.recompute import work_off
from tests.admin_pages import change_address, errors_of, sent, signed_in
from tests.kent import Kent, take_in

MONTHS = [date(2019, 5, 1), date(2019, 6, 1), date(2019, 7, 1), date(2019, 8, 1)]
JUNE = date(2019, 6, 1)


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


@pytest.fixture
def caseload(kent: Kent) -> Indicator:
    return kent.agreement.indicators.get(code="early-help-caseload")


def second_row(kent: Kent, **values: Any) -> dict[str, Any]:
    """A second target of Kent on the page of an indicator that has one."""
    row = {"area": kent.agreement.areas.get(code="kent").pk, "value": "180", "floor": "150"} | values
    return {"targets-TOTAL_FORMS": "2"} | {f"targets-1-{name}": value for name, value in row.items()}


def verdicts(kent: Kent) -> dict[date, str]:
    known = Figure.objects.filter(indicator__code="early-help-caseload", area__code="kent", known_until=None)
    return dict(known.filter(month__in=MONTHS).values_list("month", "verdict"))


def test_a_target_changed_from_june_moves_verdicts_from_june_only(
    administrator: Client, kent: Kent, caseload: Indicator
) -> None:
    take_in(kent, MONTHS)
    work_off(kent.agreement)
    assert verdicts(kent) == dict.fromkeys(MONTHS, "red")
    may = Figure.objects.get(indicator=caseload, area__code="kent", month=MONTHS[0], known_until=None)

    changes = {"targets-0-in_force_until": "2019-06-01"} | second_row(kent, in_force_from="2019-06-01")
    answer = sent(administrator, change_address(caseload), changes)

    assert answer.status_code == 302, errors_of(answer)
    need = RecomputeNeed.objects.get(done_at=None)
    assert (need.from_month, need.until_month) == (JUNE, date(2019, 10, 1))
    work_off(kent.agreement)
    assert verdicts(kent) == {MONTHS[0]: "red", **dict.fromkeys(MONTHS[1:], "green")}
    may.refresh_from_db()
    assert may.known_until is None
    assert may.target == 300


def test_the_event_says_who_changed_what(administrator: Client, kent: Kent, caseload: Indicator) -> None:
    old = caseload.targets.get()
    changes = {"targets-0-in_force_until": "2019-06-01"} | second_row(kent, in_force_from="2019-06-01")
    sent(administrator, change_address(caseload), changes)
    new = caseload.targets.exclude(pk=old.pk).get()
    event = Event.objects.latest("pk")
    assert (event.action, event.subject, event.actor) == (
        "indicator changed",
        "Early Help caseload",
        kent.people[Role.ADMINISTRATOR],
    )
    assert event.agreement == kent.agreement
    assert event.before == {f"target {old.pk}": {"in_force_until": None}}
    assert event.after is not None
    assert event.after[f"target {old.pk}"] == {"in_force_until": "2019-06-01"}
    assert event.after[f"target {new.pk}"]["value"] == "180"
    assert event.after[f"target {new.pk}"]["area"] == "Kent"
    assert event.after[f"target {new.pk}"]["indicator"] == "Early Help caseload"
    history = administrator.get(change_address(caseload).replace("change", "history"))
    assert "Added target" in history.content.decode()


@pytest.fixture
def refused_needs(db: None) -> Iterator[None]:
    """The database refuses every need, as if it went away in the middle of the save."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE performance_recomputeneed ADD CONSTRAINT none CHECK (false) NOT VALID")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE performance_recomputeneed DROP CONSTRAINT none")


def test_without_the_need_neither_target_nor_event_is_kept(
    administrator: Client, kent: Kent, caseload: Indicator, refused_needs: None
) -> None:
    events = Event.objects.count()
    answer = sent(administrator, change_address(caseload), {"targets-0-value": "280"})
    assert answer.status_code == 302
    assert "Nothing was saved" in administrator.get(change_address(caseload)).content.decode()
    assert caseload.targets.get().value == 300
    assert Event.objects.count() == events


def test_an_overlap_is_said_at_the_row_in_plain_words(administrator: Client, kent: Kent, caseload: Indicator) -> None:
    answer = sent(administrator, change_address(caseload), second_row(kent, in_force_from="2019-06-01"))
    assert answer.status_code == 200
    assert errors_of(answer) == [
        "The row in force from 1 September 2017 is still in force on 1 June 2019. End that one on 1 June 2019 or "
        "before, or start this one later."
    ]
    assert caseload.targets.count() == 1


def test_a_target_of_another_area_may_stand_beside(administrator: Client, kent: Kent, caseload: Indicator) -> None:
    east = kent.agreement.areas.get(code="east-kent").pk
    answer = sent(administrator, change_address(caseload), second_row(kent, area=east, in_force_from="2019-06-01"))
    assert answer.status_code == 302
    assert caseload.targets.count() == 2


def test_the_day_of_a_change_can_be_moved(administrator: Client, kent: Kent, caseload: Indicator) -> None:
    """Each row meanwhile overlaps what the database holds of the other, whichever is written first."""
    changes = {"targets-0-in_force_until": "2019-06-01"} | second_row(kent, in_force_from="2019-06-01")
    sent(administrator, change_address(caseload), changes)
    for day in ("2019-08-01", "2019-04-01"):
        changes = {"targets-0-in_force_until": day, "targets-1-in_force_from": day}
        assert sent(administrator, change_address(caseload), changes).status_code == 302
        assert sorted(caseload.targets.values_list("in_force_from", flat=True))[1] == date.fromisoformat(day)
    assert RecomputeNeed.objects.latest("pk").from_month == date(2019, 4, 1)


def test_a_range_that_ends_before_it_starts_is_refused(administrator: Client, caseload: Indicator) -> None:
    answer = sent(administrator, change_address(caseload), {"targets-0-in_force_until": "2017-01-01"})
    assert errors_of(answer) == ["The first day out of force must be after the first day in force."]


def test_a_target_that_has_begun_is_not_deleted(administrator: Client, caseload: Indicator) -> None:
    answer = sent(administrator, change_address(caseload), {"targets-0-DELETE": "on"})
    assert answer.status_code == 200
    assert "Give it a first day out of force instead" in answer.content.decode()
    assert caseload.targets.count() == 1


def test_a_target_still_to_come_is_deleted(administrator: Client, kent: Kent, caseload: Indicator) -> None:
    caseload.targets.update(in_force_until=date(2020, 4, 1))
    coming = Target.objects.create(
        indicator=caseload,
        area=kent.agreement.areas.get(code="kent"),
        value=Decimal(200),
        in_force_from=date(2020, 4, 1),
    )
    answer = sent(administrator, change_address(caseload), {"targets-1-DELETE": "on", "targets-1-value": "7"})
    assert answer.status_code == 302
    event = Event.objects.latest("pk")
    assert event.before is not None
    assert event.before[f"target {coming.pk}"]["value"] == "200.0000"
    assert not RecomputeNeed.objects.exists(), "no month that ended is concerned"


def test_a_note_changes_no_figures(administrator: Client, caseload: Indicator) -> None:
    sent(administrator, change_address(caseload), {"note": "Open cases"})
    event = Event.objects.latest("pk")
    assert (event.before, event.after) == ({"note": ""}, {"note": "Open cases"})
    assert not RecomputeNeed.objects.exists()


def test_a_save_without_a_change_leaves_no_event(administrator: Client, caseload: Indicator) -> None:
    events = Event.objects.count()
    assert sent(administrator, change_address(caseload), {}).status_code == 302
    assert Event.objects.count() == events
