"""The demo's notices: where each stands on the demo's day, what they quote, and that they are told once."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.access import standing_of
from contracts.levers.ladder import is_open
from contracts.models import EvidenceFigure, NoticeClock, NoticeMove, Role
from contracts.queries.clock_board import clock_board
from cypmhs_portal.demo.lever_signals import load_lever_signals
from cypmhs_portal.demo.notices import load_notices, moment_on
from cypmhs_portal.levers.suggested import suggestions_for
from performance.models import Figure, LeverSignalTerm
from tests.kent import DEMO_DAY, Kent, tell_notices

pytestmark = pytest.mark.django_db


def test_the_board_of_the_demos_day(loaded: Kent) -> None:
    tell_notices(loaded)
    board = clock_board([standing_of(loaded.people[Role.COUNCIL_COMMISSIONER], loaded.agreement)], DEMO_DAY)
    assert [(row.title, row.days_left, row.due_on) for row in board.rows] == [
        ("Contract Performance Notice 2019/02: Kent Health Needs Education staffing", -5, date(2019, 10, 10)),
        ("Information breach notice 2019/01: Harmful Sexual Behaviour not reported", 2, date(2019, 10, 21)),
        ("Contract Performance Notice 2019/03: Early Help caseload", 3, date(2019, 10, 22)),
        ("Activity Query Notice 2019/01: referrals to the whole service", 4, date(2019, 10, 23)),
        ("Information breach notice: September 2019 return", None, None),
    ]
    assert len(board.closed) == 2


def test_the_provider_sees_neither_what_was_only_asked_for_nor_what_was_declined(loaded: Kent) -> None:
    tell_notices(loaded)
    board = clock_board([standing_of(loaded.people[Role.PROVIDER_EDITOR], loaded.agreement)], DEMO_DAY)
    assert len(board.rows) == 4
    assert [one.title for one in board.closed] == [
        "Contract Performance Notice 2019/01: Early Help referrals outside the SPA"
    ]


def test_told_twice_nothing_changes(loaded: Kent) -> None:
    tell_notices(loaded)
    load_lever_signals(loaded.agreement)
    before = [model.objects.count() for model in (NoticeMove, NoticeClock, EvidenceFigure, LeverSignalTerm)]
    assert load_notices(loaded.agreement, loaded.people) == 0
    load_lever_signals(loaded.agreement)
    assert [model.objects.count() for model in (NoticeMove, NoticeClock, EvidenceFigure, LeverSignalTerm)] == before


def test_what_the_terms_suggest_is_covered_but_for_one(loaded: Kent) -> None:
    tell_notices(loaded)
    read = suggestions_for(loaded.agreement, DEMO_DAY)
    assert [(one.kind.abbreviation, one.met.subject) for one in read.new] == [
        ("AQN", "Early Help cases stepped up to a specialist pathway")
    ]
    covered = {one.met.subject: [notice.subject for notice in one.covered_by] for one in read.covered}
    assert covered == {
        "Early Help caseload": ["Early Help caseload"],
        "Staff in post, KHNES": ["Kent Health Needs Education staffing"],
        "Staff in post, Early Help": ["Early Help caseload"],
        "Harmful Sexual Behaviour / Post Sexual Abuse caseload not reported": ["Harmful Sexual Behaviour not reported"],
        "September 2019 return": ["September 2019 return"],
    }


def test_a_notice_quotes_what_was_known_on_its_day(loaded: Kent) -> None:
    """As in the demo, where each return was accepted in the month after: here all became known on the demo's day."""
    known_since = moment_on(date(2019, 9, 18))
    august = Figure.objects.filter(month=date(2019, 8, 1), known_until=None)
    for figure in list(august):
        Figure.objects.filter(pk=figure.pk).update(known_until=figure.known_from.replace(hour=23))
        figure.pk, figure.known_from, figure.known_until = None, known_since, None
        figure.save(force_insert=True)
    (caseload,) = [notice for notice in tell_notices(loaded) if notice.subject == "Early Help caseload"]
    served = caseload.evidence.filter(occasion="served").order_by("position")
    assert (served[0].indicator_code, served[0].value, served[0].agreed) == (
        "early-help-caseload",
        Decimal(191),
        Decimal(300),
    )
    assert {one.as_at for one in served} == {moment_on(date(2019, 10, 8), 9, 50)}


def test_every_open_notice_is_still_open_and_every_closed_one_ended(loaded: Kent) -> None:
    stages = {notice.subject: notice.stage for notice in tell_notices(loaded)}
    assert {subject for subject, stage in stages.items() if not is_open(stage)} == {
        "Early Help referrals outside the SPA",
        "Early Help consultations",
    }
