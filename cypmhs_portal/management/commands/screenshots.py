"""`manage.py screenshots`: the pictures of the main pages in docs/screenshots."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from scripts.screenshots import take_all


class Command(BaseCommand):
    """Take the pictures again, of a portal of its own or of one that runs."""

    help = "Take pictures of the main pages into docs/screenshots. Needs the development packages and Chromium."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Let a portal that runs already be named."""
        parser.add_argument(
            "--address",
            default="",
            help="The address of a demo that runs from this state folder (PORTAL_VAR). Without it one is started.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take them and name each."""
        folder = settings.BASE_DIR / "docs" / "screenshots"
        take_all(folder, address=options["address"], var=settings.VAR, say=self.stdout.write)
