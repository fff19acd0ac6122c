"""`manage.py run`: the whole portal on this machine, until Ctrl-C."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from cypmhs_portal.launch.portal import run


class Command(BaseCommand):
    """Starts what is needed, loads the demo, serves it and stops all of it together."""

    help = "Run the whole portal with the Kent demo on this machine. PORT and HOST choose the address."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped; the exit code is 1 when something ended that should not have."""
        sys.exit(run(os.environ, self.say))

    def say(self, words: str) -> None:
        """Show a line at once, also where the output is a file or a pipe."""
        self.stdout.write(words)
        self.stdout.flush()
