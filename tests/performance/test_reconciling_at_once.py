"""Months reconciled by several processes at once, while both sides change."""

from datetime import date, timedelta

import pytest
from django.db.models import Count

from contracts.periods import month_end
from performance.models import Difference, Reconciliation
from performance.recompute import work_off
from tests.kent import DEMO_MOMENT, Kent
from tests.performance.council_batches import tell
from tests.performance.provider_lists import accept_list
from tests.performance.test_reconciling import listed, told
from tests.processes import NOBODY, PATIENCE_SECONDS, started

pytestmark = pytest.mark.django_db(transaction=True)
AUGUST = date(2019, 8, 1)


def test_each_row_is_written_once(kent: Kent) -> None:
    tell(kent.agreement, [told(f"EH-2019-{number:05}") for number in range(40)], month_end(AUGUST))
    for number in range(3):
        cases = [listed(f"EH-2019-{one:05}") for one in range(10 * number, 10 * number + 30)]
        accept_list(kent.agreement, AUGUST, cases, DEMO_MOMENT + timedelta(minutes=number))
    command = ("manage.py", "recompute", "--agreement", kent.agreement.reference, "--month", "2019-08")
    consoles = [started(*command, REDIS_URL=NOBODY) for _ in range(3)]
    said = [console.communicate(timeout=PATIENCE_SECONDS) for console in consoles]
    assert [console.returncode for console in consoles] == [0, 0, 0], said
    assert not kent.agreement.recompute_needs.filter(done_at=None).exists()
    known = Reconciliation.objects.filter(known_until=None)
    assert known.count() == 3
    whole = known.get(area__parent=None)
    assert (whole.provider, whole.council, whole.matched) == (30, 40, 20)
    open_now = Difference.objects.filter(known_until=None)
    assert dict(open_now.values_list("kind").annotate(Count("pk"))) == {"council-only": 20, "provider-only": 10}
    before = list(Difference.objects.order_by("pk").values_list())
    work_off(kent.agreement)
    assert list(Difference.objects.order_by("pk").values_list()) == before
