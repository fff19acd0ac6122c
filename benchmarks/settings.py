"""The demo's settings, with one address more: a signed-in page with nothing on it."""

from cypmhs_portal.settings import *  # noqa: F403
from cypmhs_portal.settings import INSTALLED_APPS as OF_THE_PORTAL

INSTALLED_APPS = [*OF_THE_PORTAL, "benchmarks"]
ROOT_URLCONF = "benchmarks.urls"
