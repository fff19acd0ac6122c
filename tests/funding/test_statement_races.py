"""Two people at one statement at the same moment, each with a database connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from contracts.audit import Actor
from contracts.models import Role, User
from funding.actions.statements import CannotState, Preparation, mark_of, prepare_statement
from funding.models import AnnualStatement
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, load_terms
from tests.money import finance, kcc, second_finance
from tests.statements import figures

pytestmark = pytest.mark.django_db(transaction=True)
# A year without returns: nothing is known to be spent, so nothing has to be explained.
YEAR = date(2017, 4, 1)


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return load_terms(tmp_path / "sign-ins.json")


def at_once(kent: Kent, said: Preparation, *officers: User) -> list[str]:
    """What comes of it when they prepare together: "" for the one who did, else the refusal."""
    start, payer = Barrier(len(officers)), kcc()

    def prepare(officer: User) -> str:
        try:
            start.wait()
            prepare_statement(kent.agreement, payer, YEAR, said, by=Actor.person(officer), at=DEMO_MOMENT)
        except CannotState as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(officers)) as threads:
        return list(threads.map(prepare, officers))


def test_of_two_who_prepare_at_once_one_is_refused_plainly(people: Kent) -> None:
    assert people.people[Role.COUNCIL_FINANCE] == finance(people)
    officers = (finance(people), second_finance(people))
    for number in (1, 2, 3):
        latest = AnnualStatement.objects.order_by("number").last()
        seen = mark_of(figures(people, year=YEAR), latest)
        said = Preparation({}, Decimal(0), why="Read again", seen=seen)
        done, refused = sorted(at_once(people, said, *officers))
        assert done == ""
        assert "Somebody prepared a version before you" in refused
        assert AnnualStatement.objects.count() == number
