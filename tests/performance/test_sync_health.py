"""Whether a sync is on time, late or never came, and how long something lasted, in words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.sync_health import SyncState, is_old, lasted, refusals_since, sync_health

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2019, 9, 2, 9, 0, tzinfo=LONDON)
moments = st.datetimes(datetime(2018, 1, 1), datetime(2030, 1, 1), timezones=st.just(LONDON))


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("last", "first_client", "agreed", "state", "is_overdue"),
    [
        (MONDAY - hours(26), None, 26, SyncState.ON_TIME, False),
        (MONDAY - hours(26.1), None, 26, SyncState.LATE, True),
        (MONDAY - hours(26.1), MONDAY, 26, SyncState.LATE, True),
        (MONDAY - hours(9000), None, None, SyncState.NOT_AGREED, False),
        (None, MONDAY - hours(2), 26, SyncState.NEVER, False),
        (None, MONDAY - hours(27), 26, SyncState.NEVER, True),
        (None, MONDAY - hours(27), None, SyncState.NEVER, False),
        (None, None, 26, SyncState.NEVER, False),
    ],
)
def test_how_a_sync_stands(last, first_client, agreed, state, is_overdue) -> None:
    health = sync_health(last, first_client, agreed, MONDAY)
    assert (health.state, health.is_overdue) == (state, is_overdue)
    assert health.silent_since == (last or first_client)


@given(moments, st.integers(1, 500), st.integers(-600 * 60, 600 * 60))
def test_a_batch_is_expected_so_many_real_hours_after_the_last(last: datetime, agreed: int, minutes: int) -> None:
    """Across the night in which the clocks change too."""
    at = last.astimezone(UTC) + hours(agreed) + timedelta(minutes=minutes)
    health = sync_health(last, None, agreed, at.astimezone(LONDON))
    assert health.is_overdue is (minutes > 0)
    assert health.expected_by is not None
    assert health.expected_by - last.astimezone(UTC) == hours(agreed)


def test_the_night_the_clocks_go_back_has_25_hours() -> None:
    before = datetime(2019, 10, 26, 12, 0, tzinfo=LONDON)
    assert sync_health(before, None, 24, datetime(2019, 10, 27, 11, 30, tzinfo=LONDON)).is_overdue
    assert lasted(before, datetime(2019, 10, 27, 12, 0, tzinfo=LONDON)) == "1 day 1 hour"


@pytest.mark.parametrize(
    ("minutes", "hours_agreed", "expected"), [(0, 26, False), (1, 26, True), (60 * 9000, None, False)]
)
def test_a_day_told_is_old_when_the_agreed_hours_and_a_day_are_over(minutes, hours_agreed, expected) -> None:
    midnight = datetime(2019, 9, 1, tzinfo=LONDON)
    at = midnight + hours(26 + 24) + timedelta(minutes=minutes)
    assert is_old(date(2019, 8, 31), hours_agreed, at) is expected


@pytest.mark.parametrize(
    ("lasts", "says"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (hours(2) + timedelta(minutes=5), "2 hours 5 minutes"),
        (hours(24), "1 day"),
        (timedelta(days=45, hours=3, minutes=59), "45 days 3 hours"),
        (timedelta(hours=-3), "less than a minute"),
    ],
)
def test_how_long_it_lasted(lasts: timedelta, says: str) -> None:
    assert lasted(MONDAY, MONDAY + lasts) == says


def test_refusals_are_counted_from_a_moment_on() -> None:
    runs = [
        (MONDAY - hours(1), {"personal-data": 1}),
        (MONDAY, {"personal-data": 2, "date": 1}),
        (MONDAY + hours(1), {"date": 4}),
    ]
    assert refusals_since(MONDAY, runs) == {"personal-data": 2, "date": 5}
