"""The table of the database cache, which sign-in limits are counted in."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def create_cache_table(_apps: Any, _editor: Any) -> None:
    """Make the table unless it is there."""
    call_command("createcachetable", verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]
    operations = [migrations.RunPython(create_cache_table, migrations.RunPython.noop)]
