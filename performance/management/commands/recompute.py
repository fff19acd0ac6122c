"""`manage.py recompute`: work figures out again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from contracts import clock
from contracts.console_arguments import agreement_called, month_called
from contracts.models import Agreement
from contracts.periods import add_months
from performance.needs import state_need
from performance.recompute import work_off


class Command(BaseCommand):
    """State a need for each agreement named and work it off here."""

    help = "Work figures out again: of all agreements and months, or of those named."

    def add_arguments(self, parser: CommandParser) -> None:
        """[--agreement REF] [--month YYYY-MM]"""
        parser.add_argument("--agreement", metavar="REF")
        parser.add_argument("--month", metavar="YYYY-MM")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute in this process; a worker that takes the need first leaves nothing to do."""
        month = month_called(options["month"]) if options["month"] else None
        named = options["agreement"]
        agreements = [agreement_called(named)] if named else list(Agreement.objects.order_by("reference"))
        for agreement in agreements:
            first = month or agreement.starts_on
            until = add_months(month, 1) if month else None
            with transaction.atomic():
                state_need(agreement, first, until, reason="Asked for at the console", at=clock.now())
            work_off(agreement)
            self.stdout.write(f"{agreement.reference}: figures are up to date")
