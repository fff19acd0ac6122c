"""The demo loaded once more leaves what people did since as it is."""

from datetime import date

import pytest

from contracts.audit import CONSOLE
from cypmhs_portal.demo.returns import load_returns
from performance.actions.deciding import accept
from performance.actions.judging import ReceivedFile, judge
from performance.actions.receiving import receive
from performance.models import Version
from tests.hostile_files.build import workbook_with
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent
from tests.signing import signed_off

pytestmark = pytest.mark.django_db
AUGUST = date(2019, 8, 1)


def test_a_corrected_month_is_not_loaded_over(loaded: Kent) -> None:
    file = ReceivedFile(workbook_with({("Activity", "D4"): 100, ("Activity", "F4"): 191}), "august.xlsx")
    judged = judge(file, on=DEMO_DAY, expected=loaded.agreement)
    version = receive(judged, by=CONSOLE, at=DEMO_MOMENT, why="Counted again").version
    assert version is not None
    corrected = accept(signed_off(version, CONSOLE), by=CONSOLE, at=DEMO_MOMENT)
    before = Version.objects.count()
    assert load_returns(loaded.agreement, loaded.people) == 0
    assert Version.objects.count() == before
    assert Version.objects.get(of_return__month=AUGUST, state="accepted") == corrected
