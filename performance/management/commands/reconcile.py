"""`manage.py reconcile`: the provider's caseload of a month held against the council's, as things stand now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contracts import clock
from contracts.console_arguments import agreement_called, ended_month_called
from performance.disputes import resolved_among
from performance.reconciliation_words import as_record, as_table
from performance.reconciling import worked_out


class Command(BaseCommand):
    """Print how many cases both sides hold, one side only, or both but not alike. No case is named."""

    help = "Hold the provider’s caseload of a month against the council’s, as a table or with --json. Writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """--agreement REF --month YYYY-MM [--json]"""
        parser.add_argument("--agreement", required=True, metavar="REF")
        parser.add_argument("--month", required=True, metavar="YYYY-MM")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts; where a side is not known, its number is missing and the reason is said."""
        agreement = agreement_called(options["agreement"])
        worked = worked_out(agreement, ended_month_called(options["month"], agreement, clock.today()))
        resolved = resolved_among(worked)
        if options["json"]:
            self.stdout.write(json.dumps(as_record(worked, resolved), indent=1, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(as_table(worked, resolved)))
