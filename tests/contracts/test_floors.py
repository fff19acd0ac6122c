"""A floor lies on the worse side of its target, however it is given."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from contracts.actions.refusals import Refused
from contracts.floors import floor_fault
from contracts.models import Target
from tests.kent import Kent
from tests.variations import KCC, drafted, target_key, with_part
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("floor", "polarity", "is_at_fault"),
    [
        ("240", "higher", False),
        ("300", "higher", False),
        ("300.1", "higher", True),
        ("299.9", "lower", True),
        ("300", "lower", False),
        ("360", "lower", False),
        ("5", "closest", False),
        ("500", "closest", False),
    ],
)
def test_the_floor_is_no_better_than_the_target(floor: str, polarity: str, is_at_fault: bool) -> None:
    assert bool(floor_fault(Decimal(300), Decimal(floor), polarity)) is is_at_fault
    assert not floor_fault(Decimal(300), None, polarity)


def test_neither_an_administrator_nor_a_draft_gives_a_better_one(kent: Kent) -> None:
    indicator = kent.agreement.indicators.get(code="early-help-caseload")
    given = {"indicator": indicator, "value": Decimal(180), "floor": Decimal(250), "in_force_from": date(2022, 4, 1)}
    with pytest.raises(ValidationError, match="at most the target of 180"):
        Target(**given).full_clean()
    draft = drafted(kent)
    values = {"value": "180", "floor": "250"}
    with pytest.raises(Refused, match="give 180 or less"):
        with_part(kent, draft, "target", target_key(), values)
    page = visitor(kent, KCC).post(
        f"/agreements/KCC-CYPMHS-S76/variations/{draft.number}/change/?what=target:{target_key()}",
        values | {"what": "changes", "seen": ""},
    )
    assert "the floor is at most the target of 180: give 180 or less" in text_of(page)
    assert not draft.parts.exists()
