"""`manage.py verify_audit`: whether the audit trail is as it was written."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from contracts.audit import first_broken_link
from contracts.models import Agreement, Event


class Command(BaseCommand):
    """Walk every chain: each agreement's, and the portal's own."""

    help = "Verify the audit trail and name the first broken link of each chain. Exits 1 where there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say of each chain how many events hold, or which does not."""
        chains: list[Agreement | None] = [None, *Agreement.objects.order_by("reference")]
        broken = [chain for chain in chains if not self._holds(chain)]
        if broken:
            sys.exit(1)

    def _holds(self, agreement: Agreement | None) -> bool:
        name = agreement.reference if agreement else "The portal"
        link = first_broken_link(agreement)
        if link is None:
            self.stdout.write(f"{name}: {Event.objects.filter(agreement=agreement).count()} events, every link holds")
            return True
        self.stdout.write(f"{name}: broken at event {link.event_id}: {link.reason}")
        return False
