"""Django's registration of the contracts app, and what of it variations may change."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    verbose_name = "Contracts and agreements"

    def ready(self) -> None:
        """Make known what variations may change; the models are loaded only now."""
        from contracts.variations.own_subjects import add_own_subjects  # noqa: PLC0415

        add_own_subjects()
