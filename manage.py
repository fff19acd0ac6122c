#!/usr/bin/env python
"""Run one of the portal's commands, with the embedded database running meanwhile where one is needed."""

import os
import sys

from django.core.management import execute_from_command_line

from cypmhs_portal.embedded.console import database_for
from cypmhs_portal.launch.environment import demo_environment

READER_LEFT = 141


def main() -> None:
    """Run the command that the words after `manage.py` name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cypmhs_portal.settings")
    if sys.argv[1:2] == ["run"]:
        os.environ.update(demo_environment(os.environ))
    try:
        with database_for(sys.argv[1:], os.environ):
            execute_from_command_line(sys.argv)
    except BrokenPipeError:
        # Whoever reads the output has seen enough (`| head`): nothing more to say, and no traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(READER_LEFT)


if __name__ == "__main__":
    main()
