"""E-mails about notices: a row for each person and event before there is a message, so that each is told once."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contracts.models.belonging import refuses
from contracts.models.events import Event
from contracts.models.notices import Notice

DID_IT = "EXISTS (SELECT 1 FROM contracts_event WHERE id = NEW.event_id AND actor_id = NEW.person_id)"
IS_ELSEWHERE = """(SELECT agreement_id FROM contracts_event WHERE id = NEW.event_id) IS DISTINCT FROM
    (SELECT agreement_id FROM contracts_notice WHERE id = NEW.notice_id)"""
IS_TOLD_OF_A_REQUEST = """EXISTS (SELECT 1 FROM contracts_notice notice
    JOIN contracts_party party ON party.agreement_id = notice.agreement_id AND party.role = 'provider'
    JOIN contracts_membership held ON held.organisation_id = party.organisation_id AND held.user_id = NEW.person_id
    WHERE notice.id = NEW.notice_id AND notice.number IS NULL)"""


class NoticeMail(models.Model):
    """What one person is told of one event of a notice. It says no figures: those stand behind its link."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notice_mails")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="mails")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notice_mails")
    subject = models.CharField(max_length=240)
    text = models.TextField()
    written_at = models.DateTimeField(help_text="Real time, as the audit trail has it.")
    sent_at = models.DateTimeField(null=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    last_failure = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="a_person_is_told_of_an_event_once"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(text=""), name="a_notice_mail_says_something"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(sent_at__isnull=True), name="notice_mails_that_wait"),
        ]
        triggers = [
            pgtrigger.Protect(name="notice_mails_are_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="a_notice_mail_is_not_edited",
                operation=pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]  # untyped in the library
                    "id", "event_id", "notice_id", "person_id", "subject", "text", "written_at"
                ),
            ),
            refuses("a_sent_notice_mail_stays", "OLD.sent_at IS NOT NULL", pgtrigger.Update),
            refuses("nobody_is_told_of_what_they_did", DID_IT, pgtrigger.Insert),
            refuses("a_notice_mail_is_of_its_agreements_event", IS_ELSEWHERE, pgtrigger.Insert),
            refuses("the_provider_is_not_told_of_requests", IS_TOLD_OF_A_REQUEST, pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, to {self.person}"
