"""Waiting for another connection to come to a lock."""

import time

from django.db import connection

PATIENCE_SECONDS = 30


def until_somebody_waits_for_a_lock() -> None:
    """Return when another connection of this database waits for what this one holds."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            # Within a transaction the view is otherwise what it was at first sight.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone() != (0,):
                return
            time.sleep(0.02)
    raise AssertionError("Nobody waited: the two did not meet.")
