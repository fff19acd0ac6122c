"""A sign-off that was taken back makes no month one that came in time."""

from datetime import date, datetime

import pytest

from contracts.access import standing_of
from contracts.audit import CONSOLE, Actor
from contracts.models import Role
from performance.actions.days import make_obligations
from performance.actions.deciding import CannotMove, accept, sign_off, withdraw
from performance.conditions import is_first_sign_off_late
from performance.first_sign_off import first_signed_on
from performance.indicators import FormulaTerm
from performance.models import RecomputeNeed, Return, State, Version
from performance.provider_months import provider_months
from performance.return_counts import ON_TIME, read_counts
from performance.return_pages.calendar import returns_page
from performance.sources import Scope
from tests.hostile_files.build import workbook_with
from tests.kent import LONDON, Kent
from tests.signing import signed_off
from tests.visiting import hand_in, visitor

SEPTEMBER = date(2019, 9, 1)  # due on 14 October
EDITOR, SIGNATORY = Role.PROVIDER_EDITOR, Role.PROVIDER_SIGNATORY


def on(day: int) -> datetime:
    return datetime(2019, 10, day, 9, 0, tzinfo=LONDON)


@pytest.fixture
def september(kent: Kent) -> Return:
    """September, signed off on the 11th and taken back on the 16th."""
    kent.agreement.returns_from = SEPTEMBER
    kent.agreement.save()
    make_obligations(kent.agreement, until=date(2019, 10, 1))
    withdraw(signed(kent, "Rubbish", 11), by=CONSOLE, at=on(16), reason="Wrong file")
    return kent.agreement.returns.get(month=SEPTEMBER)


def drafted(kent: Kent, comment: str) -> Version:
    hand_in(visitor(kent, EDITOR), workbook_with({("Activity", "H2"): comment}, month=SEPTEMBER))
    return Version.objects.latest("number")


def signed(kent: Kent, comment: str, day: int) -> Version:
    return signed_off(drafted(kent, comment), Actor.person(kent.people[SIGNATORY]), on(day))


def counted_on_time(kent: Kent, at: datetime) -> int:
    scope = Scope(agreement=kent.agreement, first_month=SEPTEMBER, last_month=SEPTEMBER, at=at)
    term = FormulaTerm(ON_TIME)
    return int(read_counts(ON_TIME)(scope)(term, "", SEPTEMBER).value or 0)


def test_the_next_sign_off_after_the_due_day_is_late_and_says_why(kent: Kent, september: Return) -> None:
    draft = drafted(kent, "The right one")
    assert is_first_sign_off_late(draft, on(17).date())
    assert not is_first_sign_off_late(draft, on(14).date())
    with pytest.raises(CannotMove, match="is late: say why"):
        sign_off(draft, by=Actor.person(kent.people[SIGNATORY]), at=on(17))


def test_a_correction_of_what_was_not_withdrawn_is_not_late(kent: Kent, september: Return) -> None:
    second = signed(kent, "The right one", 17)
    accept(second, by=Actor.person(kent.people[Role.COORDINATING_COMMISSIONER]), at=on(17))
    assert first_signed_on(september.versions.all()) == date(2019, 10, 17)


def test_everywhere_the_month_is_not_on_time(kent: Kent, september: Return) -> None:
    for second in (None, "The right one"):
        if second:
            signed(kent, second, 17)
        (month,) = provider_months(kent.agreement, at=on(18))
        assert (month.is_on_time, month.signed_on) == (False, date(2019, 10, 17) if second else None)
        page = returns_page(standing_of(kent.people[SIGNATORY], kent.agreement), on=on(18).date())
        assert page.rates[0].on_time.count == 0
        assert page.rates[0].received.count == (second is not None)
        assert counted_on_time(kent, on(18)) == 0


def test_what_was_known_before_the_withdrawal_stays_known(kent: Kent, september: Return) -> None:
    assert september.versions.get().state == State.WITHDRAWN
    assert first_signed_on(september.versions.all(), on(15)) == date(2019, 10, 11)
    assert first_signed_on(september.versions.all(), on(16)) is None
    assert RecomputeNeed.objects.filter(reason__contains="was withdrawn").exists()
    assert (counted_on_time(kent, on(15)), counted_on_time(kent, on(16))) == (1, 0)
