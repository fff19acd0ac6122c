"""`manage.py spc --cases FILE`: XmR charts of a file of cases, as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from performance.spc_cases import CaseFileError, charts_of


class Command(BaseCommand):
    """Prints the chart of every case; touches no database."""

    help = "Print the XmR charts (limits, special causes, icons) of a JSON file of cases."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", required=True, metavar="FILE", help="JSON file of cases")

    def handle(self, *args: object, **options: str) -> None:
        path = Path(options["cases"])
        try:
            charts = charts_of(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(f"{path} cannot be read ({error.strerror}): give the path of a JSON file.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} is not a text file: give a JSON file of cases in UTF-8.") from error
        except CaseFileError as error:
            raise CommandError(f"{path}: {error}") from error
        self.stdout.write(json.dumps(charts, indent=1, allow_nan=False))
