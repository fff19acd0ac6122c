"""The e-mail of a silence: what was expected, since when there is nothing, who may send it, and what to do."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from contracts.outgoing_mail import mail_of
from performance.models import SyncAlert
from performance.sync_silence import Silence


def sync_alert_mail(alert: SyncAlert, silence: Silence) -> EmailMessage:
    """The message for `alert`."""
    context = {
        "agreement": alert.agreement,
        "silence": silence,
        "page": settings.PORTAL_ADDRESS + reverse("sync"),
        "clients": settings.PORTAL_ADDRESS + reverse("admin:contracts_apiclient_changelist"),
    }
    return mail_of("email/sync_alert.txt", context, to=alert.address, identity=f"sync-alert-{alert.pk}")
