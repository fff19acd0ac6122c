"""Telling people of what happened to a notice: a row with the event, then the message, each once."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from contracts.actions.mailing import send_each
from contracts.models import Event, Membership, Notice, NoticeMail
from contracts.notice_mails.people import people_told
from contracts.notice_mails.words import words_of
from contracts.outgoing_mail import mail_of
from contracts.waking import wake_the_worker

SENDING = "contracts.send_notice_mails"
# Tried every ten minutes, so for three days and a half.
MOST_ATTEMPTS = 500
LONGEST_SUBJECT, LONGEST_FAILURE = 240, 200


def tell_of(event: Event, notice: Notice) -> list[NoticeMail]:
    """Write, in the transaction of the event, who is told of it; the worker is woken once that stands.

    A broker that is away loses nothing: beat has what waits sent.
    """
    words = words_of(event, notice)
    rows = NoticeMail.objects.bulk_create(
        NoticeMail(
            event=event,
            notice=notice,
            person=person,
            subject=words.subject[:LONGEST_SUBJECT],
            text=words.text,
            written_at=event.at,
        )
        for person in people_told(event, notice).order_by("pk")
    )
    if rows:
        transaction.on_commit(lambda: wake_the_worker(SENDING))
    return rows


def send_notice_mails(*, at: datetime) -> int:
    """Send what waits; returns how many went. Safe to run twice, and by several workers at once."""
    return send_each(_waiting(), _mail, "A mail about a notice", at, failed=_failed)


def _waiting() -> QuerySet[NoticeMail]:
    """What was not sent and may still be: not to who left, and not for ever where it cannot be."""
    parties = OuterRef("notice__agreement")
    still_there = Membership.objects.filter(user=OuterRef("person"), organisation__parties__agreement=parties)
    rows = NoticeMail.objects.filter(Exists(still_there), sent_at=None, person__is_active=True)
    return rows.filter(failed_attempts__lt=MOST_ATTEMPTS).select_related("notice__agreement", "person")


def _mail(row: NoticeMail) -> EmailMessage:
    notice = row.notice
    address = settings.PORTAL_ADDRESS + reverse("notice_detail", args=[notice.agreement.reference, notice.pk])
    context = {"row": row, "agreement": notice.agreement, "address": address}
    return mail_of("email/notice.txt", context, to=row.person.email, identity=f"notice-mail-{row.pk}")


def _failed(key: Any, fault: Exception) -> None:
    said = f"{type(fault).__name__}: {fault}"[:LONGEST_FAILURE]
    NoticeMail.objects.filter(pk=key).update(failed_attempts=F("failed_attempts") + 1, last_failure=said)
