"""Django's registration of the portal and of its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "cypmhs_portal"
    verbose_name = "Portal"


class PortalAdminConfig(AdminConfig):
    default_site = "cypmhs_portal.admin_site.PortalAdminSite"
