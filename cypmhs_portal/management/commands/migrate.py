"""Django's own command, in a third of the time (`cypmhs_portal.quick_migrations`)."""

from typing import Any

from django.core.management.commands import migrate

from cypmhs_portal.quick_migrations import only_changed_models_drawn_anew


class Command(migrate.Command):
    """Applies migrations, forwards quickly."""

    def handle(self, *args: Any, **options: Any) -> None:
        with only_changed_models_drawn_anew():
            super().handle(*args, **options)
