"""The paper of a decision tells nobody what they may not see."""

import pytest

from contracts.actions.decisions import lead_to_notice
from contracts.decision_moves import DecisionStatus
from contracts.models import Role
from tests.decisions import alex, asked_for, decision_in
from tests.kent import DEMO_MOMENT, Kent
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "sees"), [(Role.PROVIDER_EDITOR, False), (Role.COORDINATING_COMMISSIONER, True)])
def test_a_notice_that_was_not_served_leaves_no_trace_for_the_provider(kent: Kent, role: Role, sees: bool) -> None:
    decision = decision_in(kent, DecisionStatus.TAKEN)
    reader, paper = visitor(kent, role), f"/agreements/KCC-CYPMHS-S76/decisions/{decision.pk}/record.docx"
    before = reader.get(paper).content
    later = DEMO_MOMENT.replace(hour=15)
    lead_to_notice(decision, asked_for(kent), by=alex(kent), at=later)
    assert (reader.get(paper).content != before) is sees
