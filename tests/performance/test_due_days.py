"""The day a return is due as a dated term: agreed anew in the admin site, and missing."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from contracts.models import Agreement, Event, Role
from performance.actions.days import make_obligations, retime_obligations
from performance.actions.judging import ReceivedFile, judge
from performance.models import RecomputeNeed
from tests.admin_pages import change_address, errors_of, sent, signed_in
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, Kent, take_in
from tests.visiting import RETURNS, text_of, visitor

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (date(2019, month, 1) for month in (8, 9, 10, 11))
ROWS = "return_due_days"


@pytest.fixture
def administrator(client: Client, kent: Kent) -> Client:
    make_obligations(kent.agreement, until=date(2020, 1, 1))
    return signed_in(client, kent.people[Role.ADMINISTRATOR])


def due_days(kent: Kent) -> dict[date, date]:
    return dict(kent.agreement.returns.values_list("month", "due_on"))


def agreed_anew(operational_day: int, since: str) -> dict[str, Any]:
    """The first row ended, and another from then on."""
    return {
        f"{ROWS}-TOTAL_FORMS": "2",
        f"{ROWS}-0-in_force_until": since,
        f"{ROWS}-1-operational_day": str(operational_day),
        f"{ROWS}-1-in_force_from": since,
        f"{ROWS}-1-source": "Letter of 1 September 2019",
    }


def test_a_due_day_agreed_anew_times_what_is_open_from_its_month_on(administrator: Client, kent: Kent) -> None:
    take_in(kent, [AUGUST])
    before = due_days(kent)
    answer = sent(administrator, change_address(kent.agreement), agreed_anew(12, "2019-10-31"))
    assert answer.status_code == 302, errors_of(answer)
    after = due_days(kent)
    assert (before[OCTOBER], after[OCTOBER]) == (date(2019, 11, 14), date(2019, 11, 18)), "in force on the 31st"
    assert {month for month in after if after[month] != before[month]} == {OCTOBER, NOVEMBER, date(2019, 12, 1)}
    event = Event.objects.get(action="due days worked out again")
    assert event.subject == (
        "Day that returns are due on: Operational Day 10 from 1 September 2017, Operational Day 12 from 31 October 2019"
    )
    assert event.after == {"2019-10": "2019-11-18", "2019-11": "2019-12-17", "2019-12": "2020-01-17"}
    assert Event.objects.filter(action="agreement changed", actor=kent.people[Role.ADMINISTRATOR]).exists()
    assert not RecomputeNeed.objects.filter(reason__startswith="Day that").exists(), "no month that ended moved"


def test_a_change_for_months_that_ended_moves_open_ones_only_and_their_figures(
    administrator: Client, kent: Kent
) -> None:
    take_in(kent, [AUGUST])
    before = due_days(kent)
    sent(administrator, change_address(kent.agreement), {f"{ROWS}-0-operational_day": "12"})
    after = due_days(kent)
    assert after[AUGUST] == before[AUGUST], "signed off, so early or late by the day it was due then"
    assert after[SEPTEMBER] == date(2019, 10, 16)
    assert RecomputeNeed.objects.get(reason__startswith="Day that", done_at=None).from_month == date(2018, 4, 1)


def test_terms_that_overlap_are_refused_at_the_row(administrator: Client, kent: Kent) -> None:
    changes = agreed_anew(12, "2019-10-31") | {f"{ROWS}-0-in_force_until": ""}
    answer = sent(administrator, change_address(kent.agreement), changes)
    assert answer.status_code == 200
    assert any("is still in force on 31 October 2019" in error for error in errors_of(answer))
    assert kent.agreement.return_due_days.count() == 1


@pytest.mark.parametrize("day", ["0", "61"])
def test_a_day_out_of_bounds_is_refused_in_plain_words(administrator: Client, kent: Kent, day: str) -> None:
    answer = sent(administrator, change_address(kent.agreement), {f"{ROWS}-0-operational_day": day})
    assert "Give an Operational Day from 1 to 60." in errors_of(answer)


def test_a_term_that_has_begun_is_ended_not_deleted(administrator: Client, kent: Kent) -> None:
    answer = sent(administrator, change_address(kent.agreement), {f"{ROWS}-0-DELETE": "on"})
    assert answer.status_code == 200
    assert "Give it a first day out of force instead" in answer.content.decode()


@pytest.fixture
def without_days(kent: Kent) -> Agreement:
    """The agreement with a due day agreed until the end of August 2019 only."""
    kent.agreement.return_due_days.update(in_force_until=SEPTEMBER)
    return kent.agreement


def test_without_a_due_day_no_obligation_is_made(without_days: Agreement) -> None:
    make_obligations(without_days, until=date(2020, 1, 1))
    assert without_days.returns.order_by("-month").values_list("month", flat=True)[0] == AUGUST
    without_days.return_due_days.update(in_force_until=None)
    assert make_obligations(without_days, until=date(2020, 1, 1)) == 4


def test_a_return_keeps_its_day_where_none_is_agreed_any_more(kent: Kent) -> None:
    make_obligations(kent.agreement, until=NOVEMBER)
    before = due_days(kent)
    kent.agreement.return_due_days.all().delete()
    assert retime_obligations(kent.agreement) == []
    assert due_days(kent) == before


def test_a_file_for_a_month_without_a_due_day_ends_in_one_plain_finding(without_days: Agreement) -> None:
    judged = judge(ReceivedFile(workbook_with({}, month=SEPTEMBER), "r.xlsx"), on=DEMO_DAY, expected=without_days)
    (finding,) = [one for one in judged.findings if one.level == "error"]
    assert finding.code == "half-entered"
    assert finding.found == "KCC-CYPMHS-S76 without a day that the return for September 2019 is due"
    earlier = judge(ReceivedFile(workbook_with({}, month=AUGUST), "r.xlsx"), on=DEMO_DAY, expected=without_days)
    assert not earlier.has_errors


def test_the_page_says_which_day_and_that_none_is_agreed(kent: Kent) -> None:
    client = visitor(kent, Role.PROVIDER_EDITOR)
    assert "A return is due on the 10th Operational Day after its month." in text_of(client.get(RETURNS))
    kent.agreement.return_due_days.update(operational_day=21)
    assert "on the 21st Operational Day" in text_of(client.get(RETURNS))
    kent.agreement.return_due_days.all().delete()
    assert "the agreement is only half entered" in text_of(client.get(RETURNS))


@pytest.mark.django_db(transaction=True)
def test_the_field_becomes_a_row_and_a_row_the_field(kent: Kent) -> None:
    """The migration's own steps, on the tables as it finds them."""
    migration = import_module("contracts.migrations.0004_return_due_days")
    kent.agreement.return_due_days.update(operational_day=7)
    with connection.schema_editor() as editor:
        editor.execute("ALTER TABLE contracts_agreement ADD COLUMN return_due_day smallint NOT NULL DEFAULT 12")
    try:
        state = _before_the_field_went()
        with connection.schema_editor() as editor:
            migration.the_field_from_rows(state, editor)
        assert not kent.agreement.return_due_days.exists()
        with connection.schema_editor() as editor:
            migration.rows_from_the_field(state, editor)
    finally:
        with connection.schema_editor() as editor:
            editor.execute("ALTER TABLE contracts_agreement DROP COLUMN return_due_day")
    row = kent.agreement.return_due_days.get()
    assert (row.operational_day, row.in_force_from, row.in_force_until) == (7, kent.agreement.starts_on, None)


def _before_the_field_went() -> Any:
    """The models as the migration's data step finds them: with the rows, and still with the field."""
    loader = MigrationExecutor(connection).loader
    state = loader.project_state(("contracts", "0003_case_reference_pattern"))
    for operation in loader.get_migration("contracts", "0004_return_due_days").operations:
        if type(operation).__name__ == "RunPython":
            break
        operation.state_forwards("contracts", state)
    return state.apps
