"""Which constraint refused a row."""

from django.db import IntegrityError


def constraint_of(error: IntegrityError) -> str:
    """The name of the database's constraint that `error` comes from; empty where it names none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or "")
