"""Django's registration of the funding app, and the kinds of input it gives to indicators."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"
    verbose_name = "Funding"

    def ready(self) -> None:
        """Make this app's kinds of input known; its models are loaded only now."""
        from funding.sources import add_own_sources  # noqa: PLC0415

        add_own_sources()
