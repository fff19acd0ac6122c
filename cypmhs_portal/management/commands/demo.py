"""`manage.py demo`: the Kent agreement, its sample returns and its made-up people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from contracts import clock
from cypmhs_portal.demo.clients import FILE_NAME
from cypmhs_portal.demo.load import load_demo

SIGN_INS = "demo-sign-ins.json"


class Command(BaseCommand):
    """Load the demo, or what is missing of it."""

    help = "Load the Kent agreement, its sample returns and its people. Running it twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a production database; otherwise load and say what was done."""
        if settings.PRODUCTION:
            raise CommandError("The demo is not loaded where the portal runs in production.")
        load_demo(at=clock.now(), sign_ins_file=settings.VAR / SIGN_INS, say=self.stdout.write)
        self.stdout.write(f"Each person’s password stands in {settings.VAR / SIGN_INS}")
        self.stdout.write(f"Each API client’s identifier and secret stand in {settings.VAR / FILE_NAME}")
