"""Every move of an action and of a meeting by every role in every state, through the pages and against the tables."""

from datetime import timedelta
from http import HTTPStatus
from itertools import product

import pytest

from contracts import meeting_moves
from contracts.access import ROLE_PARTIES, ROLE_PERMISSIONS
from contracts.action_moves import MOVES, ActionState
from contracts.actions.agreed_actions import drop_action, record_done
from contracts.actions.meetings import WhenAndWhere, call_meeting, hold_meeting, move_meeting, note_on_meeting
from contracts.actions.refusals import Refused
from contracts.audit import CONSOLE
from contracts.levers.ladder import NoticeStage
from contracts.meeting_moves import MeetingState
from contracts.models import ActionMove, AgreedAction, Event, Meeting, MeetingMove, Organisation, PartyRole, Role
from contracts.permissions import Permission
from cypmhs_portal.decisions.agenda_sources import agenda_of
from cypmhs_portal.demo.actions import load_actions
from tests.decisions import TODAY, action_in, alex, called, meeting_in
from tests.decisions import agreed as an_action
from tests.kent import DEMO_MOMENT, Kent
from tests.notices import notice_at, served_notice
from tests.visiting import text_of, visitor

pytestmark = pytest.mark.django_db
S, M = ActionState, MeetingState
HERE = "/agreements/KCC-CYPMHS-S76/"
TODAY_SENT = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
TOMORROW = TODAY + timedelta(days=1)
ACTION_STEPS: dict[ActionState, tuple[str, dict[str, object]]] = {
    S.DONE: ("done/", TODAY_SENT | {"evidence": "The report"}),
    S.DROPPED: ("dropping/", {"reason": "Not needed"}),
    S.OPEN: ("opening/", {"reason": "The report is of another month"}),
}
MEETING_STEPS: dict[MeetingState, tuple[str, dict[str, object]]] = {
    M.HELD: ("held/", {}),
    M.CANCELLED: ("cancellation/", {"reason": "Nobody can come"}),
    M.CALLED: ("move/", {"on_day": 18, "on_month": 10, "on_year": 2019, "reason": "The room is taken"}),
}
KEEPERS = {Role.COUNCIL_COMMISSIONER, Role.COORDINATING_COMMISSIONER}


def is_of(role: Role, owner: str) -> bool:
    """Whether the demo's person of `role` belongs to the owner."""
    party = {"NELFT": PartyRole.PROVIDER, "KCC": PartyRole.COUNCIL}[owner]
    return party in ROLE_PARTIES[role] and role is not Role.AUDITOR


def test_every_state_is_in_its_table() -> None:
    assert {to for _, to in MOVES} == set(S)
    assert {to for _, to in meeting_moves.MOVES} == set(M)
    assert {role for role in Role if Permission.KEEP_ACTIONS in ROLE_PERMISSIONS[role]} == KEEPERS


@pytest.mark.parametrize(("role", "before", "to", "owner"), list(product(Role, S, S, ["NELFT", "KCC"])))
def test_each_role_moves_an_action_as_the_table_has_it(
    agreed: Kent, role: Role, before: ActionState, to: ActionState, owner: str
) -> None:
    action = action_in(agreed, before, owner)
    counted = ActionMove.objects.count(), Event.objects.count()
    path, sent = ACTION_STEPS[to]
    answer = visitor(agreed, role).post(f"{HERE}actions/{action.pk}/{path}", sent)
    action.refresh_from_db()
    move, held = MOVES.get((before, to)), ROLE_PERMISSIONS[role]
    may = move is not None and move.permission in held and (role in KEEPERS or is_of(role, owner))
    assert action.state == (to if may else before)
    more = 1 if may else 0
    assert (ActionMove.objects.count(), Event.objects.count()) == (counted[0] + more, counted[1] + more)
    may_not = {HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    assert answer.status_code in ({HTTPStatus.FOUND} if may else may_not)
    if not held:
        assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(("role", "before", "to"), list(product(Role, M, M)))
def test_each_role_moves_a_meeting_as_the_table_has_it(
    agreed: Kent, role: Role, before: MeetingState, to: MeetingState
) -> None:
    meeting = meeting_in(agreed, before)
    counted = MeetingMove.objects.count(), Event.objects.count()
    path, sent = MEETING_STEPS[to]
    visitor(agreed, role).post(f"{HERE}meetings/{meeting.pk}/{path}", sent)
    meeting.refresh_from_db()
    may = (before, to) in meeting_moves.MOVES and role in KEEPERS
    assert meeting.state == (to if may else before)
    more = 1 if may else 0
    assert (MeetingMove.objects.count(), Event.objects.count()) == (counted[0] + more, counted[1] + more)
    assert meeting.meets_on == (TOMORROW if may and to is M.CALLED else TODAY)


def refused(step) -> str:
    """The sentence that a step is refused with; nothing was written."""
    before = Event.objects.count()
    with pytest.raises(Refused) as why:
        step()
    assert Event.objects.count() == before
    return str(why.value)


def test_what_is_refused_of_an_action_says_why(agreed: Kent) -> None:
    by, at, action = alex(agreed), DEMO_MOMENT, an_action(agreed)
    assert "it is done is missing" in refused(lambda: record_done(action, on=TODAY, evidence=" ", by=by, at=at))
    assert "Give a day from" in refused(lambda: record_done(action, on=TOMORROW, evidence="It", by=by, at=at))
    assert "The reason is missing" in refused(lambda: drop_action(action, reason="", by=by, at=at))
    assert "sign in" in refused(lambda: drop_action(action, reason="No", by=CONSOLE, at=at))
    assert "cannot be due" in refused(lambda: an_action(agreed, due_on=TODAY - timedelta(days=90)))
    before = agreed.agreement.starts_on - timedelta(days=1)
    assert "The agreement began on" in refused(lambda: an_action(agreed, agreed_on=before))
    assert "no party" in refused(lambda: an_action(agreed, owner=outsider()))
    drop_action(action, reason="No", by=by, at=at)
    assert "dropped now" in refused(lambda: record_done(action, on=TODAY, evidence="It", by=by, at=at))


def outsider() -> str:
    """The short name of an organisation that is no party."""
    return Organisation.objects.create(name="Nobody", short_name="Nobody").short_name


def test_the_list_has_the_overdue_ones_first(agreed: Kent) -> None:
    load_actions(agreed.agreement, agreed.people)
    early = an_action(agreed, due_on=TODAY - timedelta(days=50))
    page = visitor(agreed, Role.PROVIDER_EDITOR).get(f"{HERE}actions/").context["page"]
    days = [row.action.due_on for row in page.open_rows]
    assert days == sorted(days)
    assert page.open_rows[0].action == early
    assert [row.tag for row in page.open_rows] == ["Overdue", "Overdue", "Overdue", "Open"]
    assert page.lede == "4 actions are open, 3 of them overdue."
    assert len(page.ended_rows) == 3, "what 003 and 004 say is done"


def test_an_action_is_overdue_from_the_day_after(agreed: Kent) -> None:
    due_today = an_action(agreed, due_on=TODAY)
    page = text_of(visitor(agreed, Role.AUDITOR).get(f"{HERE}actions/{due_today.pk}/"))
    assert "Overdue" not in page


def test_an_action_is_written_down_on_the_page(agreed: Kent) -> None:
    kcc = visitor(agreed, Role.COUNCIL_COMMISSIONER)
    owner = agreed.agreement.parties.get(role=PartyRole.PROVIDER).organisation_id
    sent = {
        "what": "Report by area", "owner": owner, "due_on_day": 1, "due_on_month": 11, "due_on_year": 2019,
        "agreed_at": "Call", "agreed_on_day": 16, "agreed_on_month": 10, "agreed_on_year": 2019,
    }  # fmt: skip
    assert kcc.post(f"{HERE}actions/new/", sent).status_code == HTTPStatus.FOUND
    assert AgreedAction.objects.latest("pk").what == "Report by area"
    wrong = kcc.post(f"{HERE}actions/new/", sent | {"owner": "x", "due_on_year": 1066, "what": "\x00"})
    assert wrong.context["form"].errors.keys() == {"owner", "due_on", "what"}


def test_an_agenda_is_kept_as_it_stood_when_the_meeting_was_held(agreed: Kent) -> None:
    late = an_action(agreed, due_on=TODAY - timedelta(days=1))
    meeting = called(agreed)
    kcc = visitor(agreed, Role.COUNCIL_COMMISSIONER)
    path = f"{HERE}meetings/{meeting.pk}/"
    assert late.what in text_of(kcc.get(path))
    kcc.post(f"{path}held/")
    record_done(late, on=TODAY, evidence="Done at the meeting", by=alex(agreed), at=DEMO_MOMENT)
    an_action(agreed, due_on=TODAY - timedelta(days=2))
    held = Meeting.objects.get(pk=meeting.pk)
    assert [item.what for item in held.agenda.order_by("position") if item.what == late.what] == [late.what]
    page = text_of(kcc.get(path))
    assert "As things stood when the meeting was recorded as held" in page
    assert page.count("1 operational day over") == 1


def test_an_agenda_names_what_is_open(agreed: Kent) -> None:
    load_actions(agreed.agreement, agreed.people)
    page = text_of(visitor(agreed, Role.ASSOCIATE_COMMISSIONER).get(f"{HERE}meetings/{called(agreed).pk}/"))
    for said in ("Overdue actions", "Commission a financial audit", "13 operational days over", "Proposed decisions"):
        assert said in page


def test_an_agenda_says_who_acts_on_each_open_notice(agreed: Kent) -> None:
    served_notice(agreed)
    notice_at(agreed, NoticeStage.WITHHOLDING)
    lines = [line for line in agenda_of(agreed.agreement, TODAY) if line.heading == "Open notices"]
    assert [(line.detail.partition(" was due")[0], line.who) for line in lines] == [
        ("Contract management meeting", "West Kent CCG and NELFT"),
        ("Withholding", "NELFT"),
    ]


def test_a_meeting_is_not_held_before_its_day_nor_called_twice(agreed: Kent) -> None:
    by, at = alex(agreed), DEMO_MOMENT
    to_come = called(agreed, TOMORROW)
    assert "on that day or later" in refused(lambda: hold_meeting(to_come, agenda=[], by=by, at=at))
    assert "already" in refused(lambda: called(agreed, TOMORROW))
    same = WhenAndWhere(TOMORROW)
    assert "nothing was changed" in refused(lambda: move_meeting(to_come, meets=same, reason="So", by=by, at=at))
    assert "was held" in refused(lambda: note_on_meeting(to_come, text="Said", by=by, at=at))


def test_a_meeting_may_be_called_again_for_the_day_of_a_cancelled_one(agreed: Kent) -> None:
    cancelled = meeting_in(agreed, M.CANCELLED)
    meets = WhenAndWhere(cancelled.meets_on)
    call_meeting(agreed.agreement, title=cancelled.title, meets=meets, by=alex(agreed), at=DEMO_MOMENT)


def test_actions_and_notes_are_written_down_of_a_meeting_that_was_held(agreed: Kent) -> None:
    meeting = meeting_in(agreed, M.HELD)
    kcc = visitor(agreed, Role.COORDINATING_COMMISSIONER)
    path = f"{HERE}meetings/{meeting.pk}/"
    owner = agreed.agreement.parties.get(role=PartyRole.PROVIDER).organisation_id
    sent = {"what": "Send the plan", "owner": owner, "due_on_day": 1, "due_on_month": 11, "due_on_year": 2019}
    kcc.post(f"{path}actions/", sent)
    kcc.post(f"{path}notes/", {"text": "NELFT explained the vacancies."})
    page = text_of(kcc.get(path))
    assert "Send the plan NELFT, by 1 November 2019" in page
    assert "NELFT explained the vacancies." in page
    assert "No notes" not in page


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("what", ["meeting", "decision"])
def test_a_file_is_the_same_bytes_twice(agreed: Kent, kind: str, what: str) -> None:
    reader = visitor(agreed, Role.AUDITOR)
    held = meeting_in(agreed, M.HELD)
    decision = agreed.agreement.decisions.get(number="19/00076")
    path = f"meetings/{held.pk}/agenda" if what == "meeting" else f"decisions/{decision.pk}/record"
    first, second = (reader.get(f"{HERE}{path}.{kind}") for _ in range(2))
    assert first.status_code == HTTPStatus.OK
    assert first.content == second.content
    assert first.headers["Content-Disposition"].startswith("attachment; filename=")
    assert reader.get(f"{HERE}{path}.exe").status_code == HTTPStatus.NOT_FOUND
