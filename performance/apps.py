"""Django's registration of the performance app, and the kinds of input it can read."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        """Make this app's kinds of input known; its models are loaded only now."""
        from performance.own_sources import add_own_sources  # noqa: PLC0415

        add_own_sources()
