"""What a change of the agreed terms of the council's sync means for figures and reconciliations."""

from datetime import datetime

from django.db import transaction

from contracts.audit import Actor
from contracts.models import Agreement
from performance.needs import state_need


@transaction.atomic
def sync_terms_changed(agreement: Agreement, by: Actor, at: datetime) -> None:
    """Have every month worked out again whose council cases may be known, or no longer known, since the change.

    Called in the transaction of the change, by whoever records it in the audit trail.
    """
    reason = f"{by.name} changed the terms of the council’s sync"
    state_need(agreement, agreement.starts_on, None, reason=reason, at=at)
