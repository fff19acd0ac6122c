"""The Celery application: the worker and beat that recompute outside requests."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cypmhs_portal.settings")

app = Celery("cypmhs_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# For every thread: the web server's threads would otherwise send to Celery's own default broker.
app.set_default()
