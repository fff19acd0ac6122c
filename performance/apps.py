"""Django's registration of the performance app: the kinds of input it can read, what it must be told, and evidence."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = "Performance"

    def ready(self) -> None:
        """Make this app's kinds of input known, and listen for changed terms; its models are loaded only now."""
        from contracts.levers.evidence_source import quote_evidence_with  # noqa: PLC0415
        from performance.actions.terms import listen_to_contracts  # noqa: PLC0415
        from performance.own_sources import add_own_sources  # noqa: PLC0415
        from performance.quoting import quote_again  # noqa: PLC0415

        add_own_sources()
        quote_evidence_with(quote_again)
        listen_to_contracts()
