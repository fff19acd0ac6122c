"""Two people at a decision, a meeting, an action or a plan at the same moment, each with a connection of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.db.models import Model
from pytest_django.fixtures import Settings

from contracts.actions import decisions, meetings
from contracts.actions.decisions import edit_decision, mark_of_parts
from contracts.actions.refusals import Refused, refused_where
from contracts.models import AgreedAction, Event, Meeting, NoticePlan, RecordOfDecision
from tests.at_once import at_once
from tests.decisions import PARTS, TODAY, alex, called
from tests.decisions import agreed as an_action
from tests.decisions import proposed as a_decision
from tests.kent import DEMO_DAY, DEMO_MOMENT, Kent, load_terms
from tests.loaded_once import QUICK_HASHERS
from tests.notices import S, notice_at, proposed_plan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> Kent:
    """The Kent agreement, committed, so that every connection sees it."""
    settings.PORTAL_TODAY = DEMO_DAY
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    return load_terms(tmp_path / "sign-ins.json")


def doubled(rows: type[Model], make: Callable[[], Model], action: str) -> None:
    """Make a thing in two threads at once: it is there once, with one event."""
    done, refused = at_once(make, make)
    assert refused == []
    assert done[0] == done[1]
    assert rows._default_manager.count() == 1
    assert Event.objects.filter(action=action).count() == 1


def test_what_is_sent_twice_at_once_is_one(people: Kent) -> None:
    doubled(AgreedAction, lambda: an_action(people), "action kept")
    notice = notice_at(people, S.PLAN)
    doubled(NoticePlan, lambda: proposed_plan(people, notice), "plan proposed")


def test_a_number_that_is_given_twice_at_once_is_plainly_refused(people: Kent) -> None:
    done, refused = at_once(*[lambda: a_decision(people)] * 2)
    assert len(done) == len(refused) == RecordOfDecision.objects.filter(number="19/00100").count() == 1
    assert "19/00100" in refused[0] or "that number" in refused[0]


def test_of_two_who_edit_a_record_at_once_one_is_told(people: Kent) -> None:
    record = a_decision(people)
    seen, by = mark_of_parts(record), alex(people)

    def edits(**parts: str) -> Callable[[], RecordOfDecision]:
        return lambda: edit_decision(record, parts=PARTS | parts, by=by, at=DEMO_MOMENT, seen=seen)

    done, refused = at_once(edits(reasons="Three pages"), edits(subject="Another"))
    assert len(done) == len(refused) == 1
    assert "Somebody changed decision 19/00100 after you opened this page" in refused[0]
    record.refresh_from_db()
    assert (record.reasons, record.subject) in {("Three pages", PARTS["subject"]), ("", "Another")}


@pytest.mark.parametrize("said", [decisions.AT_ONCE, meetings.AT_ONCE])
def test_each_constraint_that_has_a_sentence_is_one_of_the_database(people: Kent, said: dict[str, str]) -> None:
    with connection.cursor() as editor:
        editor.execute("SELECT indexname FROM pg_indexes UNION SELECT conname FROM pg_constraint")
        assert set(said) <= {name for (name,) in editor.fetchall()}


def test_the_constraint_says_what_somebody_else_did(people: Kent) -> None:
    called(people)
    other = called(people, title="Another meeting")
    with (
        pytest.raises(Refused, match="Somebody called that meeting for that day a moment ago"),
        refused_where(meetings.AT_ONCE),
    ):
        Meeting.objects.create(
            agreement=people.agreement,
            title="Review meeting",
            meets_on=TODAY,
            called_by=other.called_by,
            called_by_name=other.called_by_name,
            called_at=DEMO_MOMENT,
        )


def test_what_nobody_else_did_is_a_fault_and_stays_one(people: Kent) -> None:
    a_decision(people)
    with pytest.raises(IntegrityError, match="a_decision_number_is_used_once"), refused_where(meetings.AT_ONCE):
        RecordOfDecision.objects.create(agreement=people.agreement, **PARTS)
