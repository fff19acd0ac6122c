"""What breaks each constraint and trigger of the e-mails about notices, and takes a stage from a kind in use."""

from collections.abc import Callable

from django.db.models import Model

from contracts.models import Event, Notice, NoticeMail, PartyRole, Role, User
from tests.invariants.refusals import Refusals, again, changed, elsewhere
from tests.invariants.refusals_of_payments import here
from tests.kent import DEMO_MOMENT, Kent
from tests.notices import asked_notice, served_notice


def mail() -> NoticeMail:
    """What Helen Marsh is told of a notice that was asked for."""
    return NoticeMail.objects.get(notice=asked_notice(here()))


def told(notice: Notice, event: Event, person: User) -> NoticeMail:
    said = {"subject": "Asked for", "text": "A notice was asked for.", "written_at": DEMO_MOMENT}
    return NoticeMail.objects.create(notice=notice, event=event, person=person, **said)


def twice(_: Kent) -> None:
    again(mail())


def silent(kent: Kent) -> None:
    row = mail()
    again(row, person=kent.people[Role.AUDITOR], text="")


def told_who_did_it(_: Kent) -> None:
    row = mail()
    told(row.notice, row.event, row.notice.asked_by)


def of_another_agreement(kent: Kent) -> None:
    row = mail()
    event = again(row.event, agreement=elsewhere(kent), hash="0" * 64, previous_hash="")
    told(row.notice, event, kent.people[Role.AUDITOR])


def told_too_early(kent: Kent) -> None:
    row = mail()
    assert row.notice.agreement.parties.filter(role=PartyRole.PROVIDER).exists()
    told(row.notice, row.event, kent.people[Role.PROVIDER_EDITOR])


def sent_twice(_: Kent) -> None:
    row = changed(mail(), sent_at=DEMO_MOMENT)
    changed(row, sent_at=None)


def taken_away(_: Kent) -> None:
    served_notice(here())
    NoticeMail.objects.all().delete()


def stage_taken_away(kent: Kent) -> None:
    notice = served_notice(kent)
    notice.kind.steps.filter(stage="withholding").delete()


OF_MAILS: Refusals = {
    "a_notice_step_of_a_kind_in_use_stays": stage_taken_away,
    "a_person_is_told_of_an_event_once": twice,
    "a_notice_mail_says_something": silent,
    "notice_mails_are_not_deleted": taken_away,
    "a_notice_mail_is_not_edited": lambda _: changed(mail(), text="Another"),
    "a_sent_notice_mail_stays": sent_twice,
    "nobody_is_told_of_what_they_did": told_who_did_it,
    "a_notice_mail_is_of_its_agreements_event": of_another_agreement,
    "the_provider_is_not_told_of_requests": told_too_early,
}
MAIL_MAY_MOVE: dict[type[Model], set[str]] = {NoticeMail: {"sent_at", "failed_attempts", "last_failure"}}
ROWS_OF_MAILS: dict[type[Model], Callable[[], Model]] = {NoticeMail: mail}
