"""Django's registration of the portal and of its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

# Imported so that messages to the worker go through this application and its broker.
from cypmhs_portal.celery import app as celery_app

__all__ = ["PortalAdminConfig", "PortalConfig", "celery_app"]


class PortalConfig(AppConfig):
    """The portal itself: pages made of all apps, commands, template tags."""

    name = "cypmhs_portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Tell contracts what a variation moves; the models are loaded only now."""
        from cypmhs_portal.variations.effects import tell_effects  # noqa: PLC0415

        tell_effects()


class PortalAdminConfig(AdminConfig):
    """The admin site without a door of its own."""

    default_site = "cypmhs_portal.admin_site.PortalAdminSite"
