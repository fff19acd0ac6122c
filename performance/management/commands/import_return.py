"""`manage.py import_return`: take returns in at the console."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contracts import clock
from contracts.audit import CONSOLE, Actor
from contracts.models import User
from contracts.personal_data import kinds_of_personal_data
from performance.console_import import ConsoleImport, ImportedFile

MISUSE = 2
LONGEST_REASON = 500


class Command(BaseCommand):
    """Read, judge and, unless --check, keep each file."""

    help = "Take monthly returns in: XLSX or CSV. Exits 0 without errors, 1 with, 2 for misuse."

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE… [--cases FILE] [--as EMAIL] [--why TEXT] [--accept] [--check] [--json]"""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--cases", metavar="FILE", help="The case list (CSV) of the one return that is given.")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="Who uploads; else the operator does.")
        parser.add_argument("--why", default="", metavar="TEXT", help="Why the files correct what was decided before.")
        parser.add_argument("--accept", action="store_true", help="Accept too, and work the figures out.")
        parser.add_argument("--check", action="store_true", help="Read and judge; keep nothing.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line for each file.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each file by itself: one that is refused does not stop the next."""
        if options["check"] and options["accept"]:
            raise CommandError("--check keeps nothing, so it cannot go with --accept.", returncode=MISUSE)
        if options["cases"] and len(options["files"]) != 1:
            raise CommandError("--cases is the list of one return: give one file with it.", returncode=MISUSE)
        if kinds_of_personal_data(options["why"]):
            raise CommandError("--why must not point at a child: no names, numbers or postcodes.", returncode=MISUSE)
        importing = ConsoleImport(
            uploader=_uploader(options["email"]),
            at=clock.now(),
            on=clock.today(),
            accepts=options["accept"],
            only_checks=options["check"],
            why=options["why"].strip()[:LONGEST_REASON],
        )
        has_errors = False
        for name in options["files"]:
            imported = importing.take(Path(name), Path(options["cases"]) if options["cases"] else None)
            has_errors = has_errors or imported.has_errors
            self.stdout.write(json.dumps(imported.as_record()) if options["json"] else _in_words(imported))
        if has_errors:
            sys.exit(1)


def _uploader(email: str | None) -> Actor:
    if email is None:
        return CONSOLE
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody signs in as {email}. Give the e-mail address of a person.", returncode=MISUSE)
    return Actor.person(user)


def _in_words(imported: ImportedFile) -> str:
    lines = [f"{imported.name}: {imported.status}"]
    for finding in imported.findings:
        place = " ".join(part for part in (finding.sheet, finding.cell) if part) or "the file"
        lines.append(f"  {finding.level}, {place}: {finding.title}")
        lines.append(f"    Found: {finding.found}. Expected: {finding.expected}. {finding.remedy}.")
    return "\n".join(lines)
