"""Which months the council's batches make known, in whatever order they are received."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest

from performance.council_coverage import Coverage, coverage
from performance.models import SyncTerms
from tests.kent import DEMO_MOMENT, LONDON, Kent
from tests.performance.council_batches import batch

pytestmark = pytest.mark.django_db
JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2019, month, 1) for month in (7, 8, 9, 10))
END_OF_AUGUST = date(2019, 8, 31)


def now(kent: Kent) -> Coverage:
    return coverage(kent.agreement, None)


def agree(kent: Kent, complete_from: date | None) -> None:
    SyncTerms.objects.update_or_create(agreement=kent.agreement, defaults={"complete_from": complete_from})


def test_nothing_is_known_before_the_first_batch(kent: Kent):
    told = now(kent)
    assert (told.months(), told.run, told.from_month, told.told_until) == ((), None, None, None)
    assert told.reason(AUGUST) == (
        "The council’s system has not sent its cases yet; August 2019 is known once a batch is as of 31 August 2019 "
        "or later."
    )


def test_terms_alone_make_no_month_known(kent: Kent):
    agree(kent, JULY)
    assert now(kent).months() == ()


def test_a_batch_makes_its_month_known_and_no_earlier_one(kent: Kent):
    run = batch(kent.agreement, END_OF_AUGUST, cases=3)
    told = now(kent)
    assert (told.months(), told.run, told.reason(AUGUST)) == ((AUGUST,), run, "")
    assert told.reason(JULY) == (
        "The council’s cases have come only from August 2019 on; July 2019 is known once the terms of the sync say "
        "that they are complete from that month or an earlier one."
    )
    assert told.reason(SEPTEMBER) == (
        "The council’s system has sent its cases as of 31 August 2019 only; September 2019 is known once a batch is "
        "as of 30 September 2019 or later."
    )


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        ("2019-08-01", ()),
        ("2019-08-30", ()),
        ("2019-08-31", (AUGUST,)),
        ("2019-09-01", (AUGUST,)),
        ("2019-09-29", (AUGUST,)),
        ("2019-09-30", (AUGUST, SEPTEMBER)),
    ],
)
def test_a_month_is_known_when_a_batch_reaches_its_last_day(kent: Kent, as_of, months):
    batch(kent.agreement, date(2019, 8, 1))
    batch(kent.agreement, date.fromisoformat(as_of))
    told = now(kent)
    assert told.months() == months
    assert [month for month in (JULY, AUGUST, SEPTEMBER, OCTOBER) if not told.reason(month)] == list(months)


@pytest.mark.parametrize("order", list(permutations([date(2019, 9, 30), date(2019, 8, 12), date(2019, 7, 31)])))
def test_the_batch_received_first_says_from_when_and_the_newest_day_until_when(kent: Kent, order):
    moments = [DEMO_MOMENT + timedelta(minutes=number) for number in range(3)]
    runs = [batch(kent.agreement, day, at) for day, at in zip(order, moments, strict=True)]
    told = now(kent)
    assert (told.from_month, told.told_until, told.run) == (order[0].replace(day=1), date(2019, 9, 30), runs[-1])
    assert told.months() == tuple(month for month in (JULY, AUGUST, SEPTEMBER) if month >= order[0].replace(day=1))


def test_an_old_day_that_comes_later_does_not_reach_back(kent: Kent):
    batch(kent.agreement, date(2018, 1, 1), DEMO_MOMENT - timedelta(hours=1), cases=1, refused=1)
    batch(kent.agreement, END_OF_AUGUST)
    batch(kent.agreement, date(2018, 1, 1), DEMO_MOMENT + timedelta(hours=1))
    assert now(kent).months() == (AUGUST,)
    # The clock of the demo goes back each day.
    batch(kent.agreement, date(2018, 1, 1), DEMO_MOMENT - timedelta(hours=3))
    assert now(kent).months() == (AUGUST,)


def test_the_terms_say_from_which_month_the_cases_are_complete(kent: Kent):
    batch(kent.agreement, END_OF_AUGUST)
    agree(kent, date(2019, 6, 1))
    assert now(kent).months() == (date(2019, 6, 1), JULY, AUGUST)
    assert now(kent).reason(JULY) == ""
    agree(kent, SEPTEMBER)
    told = now(kent)
    assert told.months() == ()
    assert told.reason(AUGUST).startswith("The council’s cases are agreed to be complete from September 2019 on;")
    agree(kent, None)
    assert now(kent).months() == (AUGUST,)


def test_a_batch_that_was_refused_whole_makes_nothing_known(kent: Kent):
    batch(kent.agreement, END_OF_AUGUST, cases=5, refused=5)
    assert now(kent).months() == ()
    batch(kent.agreement, END_OF_AUGUST, cases=5, created=1, refused=4)
    assert now(kent).months() == (AUGUST,)


def test_what_came_later_was_not_known_then(kent: Kent):
    batch(kent.agreement, END_OF_AUGUST, DEMO_MOMENT)
    before = datetime(2019, 10, 17, 9, 29, tzinfo=LONDON)
    assert coverage(kent.agreement, before).months() == ()
    assert coverage(kent.agreement, DEMO_MOMENT).months() == (AUGUST,)


def test_a_batch_of_another_agreement_says_nothing_of_this_one(kent: Kent):
    other = type(kent.agreement).objects.get(pk=kent.agreement.pk)
    other.pk, other.reference = None, "OTHER-S76"
    other.save(force_insert=True)
    client = batch(kent.agreement, date(2019, 7, 1)).client
    assert now(kent).months() == ()
    other.sync_runs.create(
        client=client, body_sha256="", as_of=END_OF_AUGUST, received_at=DEMO_MOMENT,
        **dict.fromkeys(("cases", "created", "updated", "unchanged", "stale", "refused"), 0),
    )  # fmt: skip
    assert (now(kent).months(), coverage(other, None).months()) == ((), (AUGUST,))


def test_coverage_asks_twice_at_most(kent: Kent, django_assert_num_queries):
    batch(kent.agreement, END_OF_AUGUST)
    with django_assert_num_queries(2):
        assert now(kent).months() == (AUGUST,)
