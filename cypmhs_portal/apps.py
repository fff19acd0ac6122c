"""Django's registration of the portal and of its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from cypmhs_portal.celery import app as celery_app

# Named here so that every process that loads Django knows the broker its messages go to.
__all__ = ["PortalAdminConfig", "PortalConfig", "celery_app"]


class PortalConfig(AppConfig):
    name = "cypmhs_portal"
    verbose_name = "Portal"


class PortalAdminConfig(AdminConfig):
    default_site = "cypmhs_portal.admin_site.PortalAdminSite"
