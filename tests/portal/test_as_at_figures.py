"""The figures of an earlier moment come out exactly as they were shown then."""

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from contracts.audit import CONSOLE
from contracts.changes import TermsChange
from contracts.models import Target
from performance.actions.deciding import accept, sign_off
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.actions.terms import state_need_of
from performance.models import Figure, Version
from performance.recompute import work_off
from tests.hostile_files.build import workbook_with
from tests.kent import LONDON, Kent, take_in

pytestmark = pytest.mark.django_db
REFERENCE = "KCC-CYPMHS-S76"
AUGUST = date(2019, 8, 1)
START = datetime(2019, 9, 18, 15, 40, tzinfo=LONDON)


def said(*options: str) -> str:
    """What the command prints of August."""
    output = io.StringIO()
    call_command("figures", "--agreement", REFERENCE, "--month", "2019-08", *options, stdout=output)
    return output.getvalue()


def records(*options: str) -> list[dict[str, Any]]:
    """The command's records of August."""
    rows: list[dict[str, Any]] = json.loads(said("--json", *options))
    return rows


@pytest.fixture
def in_november(settings: Settings, kent: Kent) -> Kent:
    """Kent on a day after everything that happens here."""
    settings.PORTAL_TODAY = date(2019, 11, 20)
    return kent


def correct(kent: Kent, east: int, at: datetime) -> Version:
    """Accept one more version of August, with as many liaisons in East Kent, and work its figures out."""
    content = workbook_with({("Activity", "D4"): east, ("Activity", "F4"): east + 91})
    judged = judge(ReceivedFile(content, "correction.xlsx"), on=at.date(), expected=kent.agreement)
    version = receive(judged, by=CONSOLE, at=at, why="Counted again", warnings_reason="Checked").version
    assert version is not None, judged.findings
    accepted = accept(sign_off(version, by=CONSOLE, at=at), by=CONSOLE, at=at)
    work_off(kent.agreement)
    return accepted


def change_target(kent: Kent, value: int, at: datetime) -> None:
    """Give the Early Help caseload another target, and work out what follows."""
    target = Target.objects.get(indicator__code="early-help-caseload")
    target.value = Decimal(value)
    target.save()
    state_need_of(TermsChange(kent.agreement, target.in_force_from, "The target changed", CONSOLE, at))
    work_off(kent.agreement)


def test_each_recorded_moment_shows_again_what_was_shown_then(in_november: Kent) -> None:
    kent = in_november
    take_in(kent, [AUGUST])
    work_off(kent.agreement)
    shown = {START: records()}
    steps: list[Callable[[datetime], object]] = [
        lambda at: correct(kent, 130, at),
        lambda at: change_target(kent, 400, at),
        lambda at: correct(kent, 140, at),
        lambda at: change_target(kent, 150, at),
    ]
    for number, step in enumerate(steps, start=1):
        at = START + timedelta(days=7 * number, microseconds=number)
        step(at)
        shown[at] = records()
    assert len({json.dumps(rows) for rows in shown.values()}) == len(shown)
    for at, rows in shown.items():
        for moment in (at, at + timedelta(days=2), at + timedelta(days=7) - timedelta(microseconds=1)):
            assert records("--as-at", moment.isoformat()) == rows, moment
        assert records("--as-at", f"{at + timedelta(days=1):%Y-%m-%d}") == rows
    assert records("--as-at", (START - timedelta(microseconds=1)).isoformat()) == []
    assert records("--as-at", "2019-11-20") == records()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 500)), min_size=1, max_size=3))
def test_whatever_happens_after_a_moment_leaves_it_as_it_was(
    in_november: Kent, happenings: list[tuple[bool, int]]
) -> None:
    kent = in_november
    if not Version.objects.exists():
        take_in(kent, [AUGUST])
        work_off(kent.agreement)
    latest = Figure.objects.order_by("-known_from").values_list("known_from", flat=True).first()
    assert latest is not None
    moments = [latest]
    shown = [records()]
    for is_target, number in happenings:
        at = moments[-1] + timedelta(minutes=1)
        if is_target:
            change_target(kent, number, at)
        else:
            correct(kent, number + Version.objects.count() * 1000, at)
        moments.append(at)
        shown.append(records())
    assert [records("--as-at", at.isoformat()) for at in moments] == shown


def test_a_moment_that_is_past_waits_for_nothing(in_november: Kent) -> None:
    take_in(in_november, [AUGUST])
    work_off(in_november.agreement)
    state_need_of(TermsChange(in_november.agreement, AUGUST, "A target changed", CONSOLE, START + timedelta(days=3)))
    assert {row["waits_for_recompute"] for row in records()} == {True}
    assert {row["waits_for_recompute"] for row in records("--as-at", "2019-10-16")} == {False}


def test_the_table_says_the_moment_and_what_was_known(in_november: Kent) -> None:
    take_in(in_november, [AUGUST])
    work_off(in_november.agreement)
    assert said("--as-at", "2019-10-16").startswith("As known on 16 October 2019.\n")
    assert said("--as-at", "2019-09-18T15:39") == "Nothing was known of August 2019 on 18 September 2019 at 3:39pm.\n"
    assert "191" in said("--as-at", "2019-09-18T15:40")


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("soon", "--as-at: “soon” is no date or moment. Write a date as in 2019-10-16"),
        ("2019-11-21", "--as-at: 21 November 2019 has not come yet"),
        ("", "--as-at: “” is no date or moment"),
    ],
)
def test_a_moment_that_cannot_be_is_misuse(in_november: Kent, moment: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence) as refusal:
        said("--as-at", moment)
    assert refusal.value.returncode == 2


def test_the_accepted_version_and_its_figures_are_known_from_one_moment(in_november: Kent) -> None:
    take_in(in_november, [AUGUST])
    work_off(in_november.agreement)
    accepted_at = Version.objects.get().accepted_at
    assert accepted_at is not None
    assert set(Figure.objects.filter(month=AUGUST).values_list("known_from", flat=True)) == {
        accepted_at.astimezone(UTC)
    }
