"""Telling administrators that the council's batches stopped: a row first, then the message, each silence once."""

from datetime import datetime

from django.db import transaction

from contracts import audit
from contracts.access import administrators
from contracts.actions.mailing import send_each
from contracts.models import Agreement
from performance.models import SyncAlert
from performance.sync_alert_mail import sync_alert_mail
from performance.sync_silence import Silence, silence_of


def alert(agreement: Agreement, *, at: datetime) -> int:
    """Write the alerts of a silence that lasts too long and send those not sent yet; returns how many went out now.

    An alert that could not be sent before a batch came is not sent any more.
    """
    silence = write_alerts(agreement, at=at)
    if silence is None:
        return 0
    waiting = agreement.sync_alerts.filter(silent_since=silence.since, sent_at=None).select_related("agreement")
    what = f"An alert about the sync of {agreement.reference}"
    return send_each(waiting, lambda row: sync_alert_mail(row, silence), what, at)


@transaction.atomic
def write_alerts(agreement: Agreement, *, at: datetime) -> Silence | None:
    """Write a row for each administrator's address while a silence lasts too long; None while none does.

    They are told who run the portal, because they alone can give a client a new secret or see that it never asked;
    none of them need be a party of the agreement. Who becomes an administrator meanwhile is told too.
    """
    Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    silence = silence_of(agreement, at)
    if silence is None:
        return None
    told = set(agreement.sync_alerts.filter(silent_since=silence.since).values_list("address", flat=True))
    everybody = administrators().order_by("email").values_list("email", flat=True)
    rows = [
        SyncAlert(agreement=agreement, silent_since=silence.since, address=address, written_at=at)
        for address in everybody
        if address not in told
    ]
    if rows:
        SyncAlert.objects.bulk_create(rows)
        audit.record(
            "sync alerts written",
            by=audit.WORKER,
            agreement=agreement,
            subject=str(agreement),
            after={
                "silent since": silence.since,
                "expected by": silence.expected_by,
                "to": [row.address for row in rows],
            },
        )
    return silence
