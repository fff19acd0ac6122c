"""A portal in the test's own process, whose day a journey moves on: clocks of notices run for months."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings
from pytest_django import DjangoDbBlocker

from performance.recompute import work_off
from tests.kent import Kent, load_terms, take_in
from tests.running_server import committing, listening

EXAMPLES = Path(__file__).parents[1] / "vectors" / "calendar" / "notice_clock_examples.csv"


@dataclass(frozen=True)
class MovingPortal:
    """Where it listens, each person's password, and its day, which can be moved."""

    url: str
    passwords: dict[str, str] = field(repr=False)
    kent: Kent

    def live_on(self, day: date) -> None:
        """From now on it is this day."""
        settings.PORTAL_TODAY = day


@contextmanager
def moving_portal(blocker: DjangoDbBlocker, folder: Path, months: Sequence[date]) -> Iterator[MovingPortal]:
    """Kent with the returns of `months`, committed, behind a real socket; at the end everything is emptied."""
    sign_ins = folder / "sign-ins.json"
    with committing(blocker):
        kent = load_terms(sign_ins)
        take_in(kent, months)
        work_off(kent.agreement)
        passwords = {one["email"]: one["password"] for one in json.loads(sign_ins.read_text())}
        with listening() as url:
            yield MovingPortal(url, passwords, kent)


def example(start: date, days: int) -> date:
    """The due day that the examples of others give for a clock of so many Operational Days from `start`."""
    with EXAMPLES.open(encoding="utf-8", newline="") as rows:
        found = {(row["start_date"], row["operational_days"]): row["due_date"] for row in csv.DictReader(rows)}
    return date.fromisoformat(found[start.isoformat(), str(days)])
