"""What a variation leaves of the terms it changes: later ones that would begin all the same, and marks that stay."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.actions.refusals import Refused
from contracts.actions.variations import propose_variation, sign_variation
from contracts.models import Target
from contracts.variations.ranges import DoesNotFit, Term, change_of
from tests.kent import Kent
from tests.variations import CCG, DRAFTED_AT, actor, drafted, target_key, with_part

pytestmark = pytest.mark.django_db
APRIL = date(2020, 4, 1)
DECEMBER = date(2019, 12, 2)


def later_target(kent: Kent) -> Target:
    """300 until 1 April 2020, then 310."""
    first = Target.objects.get(indicator__code="early-help-caseload")
    Target.objects.filter(pk=first.pk).update(in_force_until=APRIL)
    return Target.objects.create(indicator=first.indicator, area=first.area, value=310, in_force_from=APRIL)


def test_an_end_is_refused_where_a_later_term_would_begin_all_the_same(kent: Kent) -> None:
    later_target(kent)
    draft = drafted(kent, in_force_from=DECEMBER)
    with pytest.raises(Refused, match="a term is agreed from 1 April 2020 and would begin in spite of the end"):
        with_part(kent, draft, "target", target_key(), None)


def test_a_later_term_agreed_since_the_proposal_stops_the_end_at_the_signature(kent: Kent) -> None:
    draft = with_part(kent, drafted(kent, in_force_from=DECEMBER), "target", target_key(), None)
    variation = propose_variation(draft, by=actor(kent), at=DRAFTED_AT)
    later_target(kent)
    with pytest.raises(Refused, match="would begin in spite of the end"):
        sign_variation(variation, by=actor(kent, CCG), at=DRAFTED_AT)


def test_the_last_term_ends() -> None:
    terms = [Term(1, {"value": "1"}, date(2017, 9, 1), APRIL), Term(2, {"value": "2"}, APRIL)]
    ended = change_of(terms, date(2020, 5, 1), None).ended
    assert ended is not None
    assert ended.row == 2
    with pytest.raises(DoesNotFit, match="1 April 2020"):
        change_of(terms, DECEMBER, None)


@pytest.mark.parametrize(
    ("value", "floor", "value_is_illustrative", "floor_is_illustrative"),
    [("70", "50", False, True), ("60", "40", True, False), ("70", None, False, False), ("60", None, True, False)],
)
def test_what_stays_is_as_illustrative_as_it_was(
    kent: Kent, value: str, floor: str | None, value_is_illustrative: bool, floor_is_illustrative: bool
) -> None:
    old = Target.objects.get(indicator__code="early-help-goals-met")
    assert (old.value, old.floor) == (Decimal(60), Decimal(50))
    assert (old.is_illustrative, old.floor_is_illustrative) == (True, True)
    key = f"{old.indicator_id}-{old.area_id or ''}"
    draft = with_part(kent, drafted(kent, in_force_from=DECEMBER), "target", key, {"value": value, "floor": floor})
    sign_variation(propose_variation(draft, by=actor(kent), at=DRAFTED_AT), by=actor(kent, CCG), at=DRAFTED_AT)
    new = Target.objects.get(indicator__code="early-help-goals-met", in_force_from=DECEMBER)
    assert (new.is_illustrative, new.floor_is_illustrative) == (value_is_illustrative, floor_is_illustrative)
    assert new.source == "Variation V1"
