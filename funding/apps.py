"""Django's registration of the funding app, and what it gives to the floors below: inputs, subjects, consequences."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"
    verbose_name = "Funding"

    def ready(self) -> None:
        """Make known this app's kinds of input, what of it variations change, and what notices do to payments."""
        from contracts.levers import consequences  # noqa: PLC0415  # its models are loaded only now
        from funding.queries.notice_money import money_of_notice  # noqa: PLC0415
        from funding.sources import add_own_sources  # noqa: PLC0415
        from funding.varying import add_own_subjects  # noqa: PLC0415

        add_own_sources()
        consequences.register("payments", money_of_notice)
        add_own_subjects()
