"""E-mails about notices: who is told of what, once, with nothing lost and nobody told too early."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.mail.message import EmailMessage
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from contracts.actions.notice_entries import acknowledge_notice, note_on_notice
from contracts.actions.notice_mails import MOST_ATTEMPTS, send_notice_mails
from contracts.actions.refusals import Refused
from contracts.levers.ladder import NoticeStage
from contracts.models import Event, Membership, Notice, NoticeMail, Organisation, Role, User
from contracts.tasks import send_what_is_told_of_notices
from tests.admin_pages import signed_in
from tests.kent import DEMO_MOMENT, Kent
from tests.notices import acting, agreed_plan, asked_notice, moved, notice_at, proposed_plan, served_notice
from tests.processes import NOBODY, ran

pytestmark = pytest.mark.django_db
S = NoticeStage
R = Role
ALEX, HELEN = R.COUNCIL_COMMISSIONER, R.COORDINATING_COMMISSIONER
PROVIDER = (R.PROVIDER_EDITOR, R.PROVIDER_SIGNATORY)
REFUSED = "sam.ellis@nelft.example"
# As after the commit of a step, in a process whose broker is away.
WAKE = """
import django
django.setup()
from contracts.actions.notice_mails import SENDING
from contracts.waking import wake_the_worker
wake_the_worker(SENDING)
"""


class HalfBrokenBackend(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if [REFUSED] in [message.to for message in messages]:
            raise OSError("550 no such mailbox")
        return super().send_messages(messages)


def told(kent: Kent, action: str, notice: Notice) -> set[Role]:
    """The roles of who is told of the last event of that name."""
    event = Event.objects.filter(action=action, agreement=notice.agreement).latest("pk")
    people = set(NoticeMail.objects.filter(event=event, notice=notice).values_list("person", flat=True))
    return {role for role, person in kent.people.items() if person.pk in people}


def test_a_request_is_told_to_the_commissioner_and_never_to_the_provider(kent: Kent) -> None:
    notice = asked_notice(kent)
    assert told(kent, "notice asked for", notice) == {HELEN}
    row = NoticeMail.objects.get()
    assert row.subject == "Contract Performance Notice: asked for"
    assert row.text.startswith("Alex Morgan asked for Contract Performance Notice.\n\nIt is about: Early Help caseload")
    assert "serve or decline it" in row.text


@pytest.mark.parametrize(
    ("stage", "action", "roles"),
    [
        (S.DECLINED, "notice declined", {ALEX}),
        (S.TAKEN_BACK, "notice taken back", {HELEN}),
        (S.MEETING, "notice served", {ALEX, *PROVIDER}),
        (S.PLAN, "notice moved", {ALEX, *PROVIDER}),
        (S.WITHHOLDING, "notice moved", {ALEX, R.COUNCIL_FINANCE, *PROVIDER}),
    ],
)
def test_who_is_told_follows_from_what_happened(kent: Kent, stage: NoticeStage, action: str, roles: set[Role]) -> None:
    notice = notice_at(kent, stage)
    assert told(kent, action, notice) == roles


def test_what_is_said_under_a_notice_is_told_to_the_others(kent: Kent) -> None:
    notice = served_notice(kent)
    acknowledge_notice(notice, by=acting(kent, R.PROVIDER_EDITOR), at=DEMO_MOMENT)
    assert told(kent, "notice acknowledged", notice) == {ALEX, HELEN, R.PROVIDER_SIGNATORY}
    note_on_notice(notice, text="191 children", by=acting(kent, HELEN), at=DEMO_MOMENT)
    assert told(kent, "notice noted on", notice) == {ALEX, *PROVIDER}
    assert not NoticeMail.objects.filter(text__contains="191").exists(), "figures stand behind the link"


def test_plans_are_told_to_the_other_side(kent: Kent) -> None:
    notice = notice_at(kent, S.PLAN)
    proposed_plan(kent, notice)
    assert told(kent, "plan proposed", notice) == {ALEX, HELEN, R.PROVIDER_SIGNATORY}
    agreed_plan(kent, notice)
    assert told(kent, "plan agreed", notice) == {ALEX, *PROVIDER}


def test_a_mail_says_what_the_notice_waits_for(kent: Kent, settings: Settings) -> None:
    settings.PORTAL_ADDRESS = "https://portal.example.org"
    notice = served_notice(kent)
    NoticeMail.objects.exclude(person=kent.people[ALEX]).update(sent_at=DEMO_MOMENT)
    assert send_notice_mails(at=DEMO_MOMENT) == 1
    (message,) = mail.outbox
    assert message.to == ["alex.morgan@kcc.example"]
    assert message.subject == "Contract Performance Notice 2019/01: served"
    assert "Helen Marsh served Contract Performance Notice 2019/01." in message.body
    assert "It waits for: Contract management meeting, by Tuesday 17 September 2019" in message.body
    assert "https://portal.example.org/agreements/KCC-CYPMHS-S76/notices/" in message.body
    assert str(notice.pk) in message.body
    assert "&" not in message.body
    assert "\n\n\n" not in message.body


def test_everybody_is_told_once_however_often_the_work_runs(kent: Kent) -> None:
    served_notice(kent)
    waiting = NoticeMail.objects.count()
    assert send_notice_mails(at=DEMO_MOMENT) == waiting == len(mail.outbox)
    send_what_is_told_of_notices()
    assert len(mail.outbox) == waiting
    assert not NoticeMail.objects.filter(sent_at=None).exists()


def test_the_worker_is_woken_once_the_step_stands(
    kent: Kent, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as waking:
        asked_notice(kent)
    assert len(waking) == 1
    assert not mail.outbox, "nothing is sent in the request"


def test_without_a_broker_a_step_stands_and_its_mails_are_swept(kent: Kent) -> None:
    waking = ran("-c", WAKE, REDIS_URL=NOBODY)
    assert waking.returncode == 0, waking.stderr
    assert "The broker did not take a message" in waking.stderr
    asked_notice(kent)
    assert send_notice_mails(at=DEMO_MOMENT) == 1


def test_one_that_fails_is_counted_and_the_others_go(kent: Kent, settings: Settings) -> None:
    served_notice(kent)
    settings.EMAIL_BACKEND = f"{__name__}.HalfBrokenBackend"
    waiting = NoticeMail.objects.count()
    assert send_notice_mails(at=DEMO_MOMENT) == waiting - 1
    row = NoticeMail.objects.get(sent_at=None)
    assert (row.person.email, row.failed_attempts) == (REFUSED, 1)
    assert row.last_failure == "OSError: 550 no such mailbox"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_notice_mails(at=DEMO_MOMENT) == 1


def test_what_cannot_be_sent_is_not_tried_for_ever(kent: Kent) -> None:
    asked_notice(kent)
    NoticeMail.objects.update(failed_attempts=MOST_ATTEMPTS)
    assert send_notice_mails(at=DEMO_MOMENT) == 0


def test_who_left_before_it_was_sent_is_told_nothing(kent: Kent) -> None:
    served_notice(kent)
    Membership.objects.filter(user=kent.people[R.PROVIDER_EDITOR]).delete()
    User.objects.filter(pk=kent.people[R.PROVIDER_SIGNATORY].pk).update(is_active=False)
    send_notice_mails(at=DEMO_MOMENT)
    assert all("nelft" not in message.to[0] for message in mail.outbox)
    assert mail.outbox


def test_somebody_of_both_sides_is_not_told_of_a_request(kent: Kent) -> None:
    nelft = Organisation.objects.get(short_name="NELFT")
    Membership.objects.create(user=kent.people[HELEN], organisation=nelft, role=R.PROVIDER_EDITOR)
    asked_notice(kent)
    assert not NoticeMail.objects.exists()


def test_a_refused_step_tells_nobody(kent: Kent) -> None:
    notice = served_notice(kent)
    before = NoticeMail.objects.count()
    with pytest.raises(Refused):
        moved(kent, notice, S.MONITORED, on=date(2019, 9, 4))
    assert NoticeMail.objects.count() == before


def test_an_administrator_sees_who_was_told_and_what_was_not_sent(client: Client, kent: Kent) -> None:
    served_notice(kent)
    page = signed_in(client, kent.people[R.ADMINISTRATOR]).get("/admin/contracts/noticemail/").content.decode()
    assert "Contract Performance Notice 2019/01: served" in page
    assert "alex.morgan@kcc.example" in page
