"""How a moment to look back to is written and read."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contracts.looking_back import ENGLAND, as_written, day_of, in_words, moment_written

NOW = datetime(2019, 10, 17, 9, 15, tzinfo=ENGLAND)
END_OF_SUMMER_TIME = datetime(2018, 10, 28, 0, 30, tzinfo=UTC)


def test_a_date_is_the_end_of_that_day_in_england() -> None:
    found = moment_written("2019-07-31", NOW)
    assert found == datetime(2019, 7, 31, 22, 59, 59, 999999, UTC)
    assert moment_written("2019-01-31", NOW) == datetime(2019, 1, 31, 23, 59, 59, 999999, UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-10-16T09:30", datetime(2019, 10, 16, 8, 30, tzinfo=UTC)),
        (" 2019-10-16 09:30 ", datetime(2019, 10, 16, 8, 30, tzinfo=UTC)),
        ("2019-10-16T09:30:15.000001", datetime(2019, 10, 16, 8, 30, 15, 1, tzinfo=UTC)),
        ("2019-10-16T09:30Z", datetime(2019, 10, 16, 9, 30, tzinfo=UTC)),
        ("2019-10-16T09:30+05:00", datetime(2019, 10, 16, 4, 30, tzinfo=UTC)),
        ("2019-10-17T09:15", datetime(2019, 10, 17, 8, 15, tzinfo=UTC)),
    ],
)
def test_a_date_and_time_is_taken_exactly(text: str, moment: datetime) -> None:
    assert moment_written(text, NOW) == moment


def test_the_day_that_has_not_ended_is_now() -> None:
    assert moment_written("2019-10-17", NOW) is None


@pytest.mark.parametrize("text", ["2019-10-18", "2019-10-17T09:16", "9999-12-31", "9999-12-31T23:59"])
def test_a_moment_to_come_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="has not come yet: it is 17 October 2019 at 9:15am"):
        moment_written(text, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "", "yesterday", "2019-10", "2019-09-31", "31/08/2019", "2019-10-16T25:00", "2019-10-16T09", "20191016",
        "2019-W42-3", "\uff12\uff10\uff11\uff19-10-16", "0001-01-01T00:00+14:00", "2019-10-16T09:30+99:00", "-1",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no date or moment\. Write a date as in 2019-10-16"):
        moment_written(text, NOW)


def test_a_long_text_is_not_said_again_whole() -> None:
    with pytest.raises(ValueError, match=r"^“x{40}” is no date"):
        moment_written("x" * 5000, NOW)


@given(st.datetimes(datetime(2017, 1, 1), datetime(2019, 10, 16), timezones=st.just(UTC)))
@example(END_OF_SUMMER_TIME)
@example(END_OF_SUMMER_TIME + timedelta(hours=1))
def test_a_moment_written_is_read_as_the_same(moment: datetime) -> None:
    assert moment_written(as_written(moment), NOW) == moment


@given(st.dates(date(2017, 1, 1), date(2019, 10, 16)))
def test_a_day_written_is_read_as_the_same(day: date) -> None:
    moment = moment_written(day.isoformat(), NOW)
    assert moment is not None
    assert moment == datetime.combine(day, time.max, ENGLAND)
    assert as_written(moment) == day.isoformat()
    assert day_of(moment) == day


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_sentence(text: str) -> None:
    try:
        moment_written(text, NOW)
    except ValueError as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017


def test_words() -> None:
    assert in_words(datetime(2019, 10, 15, 22, 59, 59, 999999, UTC)) == "15 October 2019"
    assert in_words(datetime(2019, 10, 15, 8, 30, tzinfo=UTC)) == "15 October 2019 at 9:30am"
