"""What every page knows beside its own context."""

from typing import Any

from django.http import HttpRequest

from contracts import clock

SERVICE_NAME = "Joint funding portal"


def portal(_request: HttpRequest) -> dict[str, Any]:
    """The service's name, and the demo's day where the portal runs on one."""
    return {"service_name": SERVICE_NAME, "demo_day": clock.demo_day()}
