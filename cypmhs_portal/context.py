"""What every page knows beside its own context."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from contracts import clock
from contracts.access import Permission, Standing

SERVICE_NAME = "Joint funding portal"

# text, address, what it takes to see it, the addresses it stands for
NAVIGATION = [
    ("Overview", "overview", Permission.SEE_FIGURES, {"overview", "element", "figure"}),
    ("Returns", "returns", Permission.SEE_RETURNS, {"scorecard"}),
    ("Equality", "equality", Permission.SEE_RETURNS, set()),
    ("Agreement", "agreement", Permission.SEE_AGREEMENT, set()),
    ("Published figures", "published", Permission.SEE_FIGURES, set()),
]
RETURN_PAGES = ("return", "upload", "version")


def portal(request: HttpRequest) -> dict[str, Any]:
    """The service's name, the demo's day where it runs on one, and the menu of the agreement being looked at."""
    standing: Standing | None = getattr(request, "standing", None)
    return {
        "service_name": SERVICE_NAME,
        "demo_day": clock.demo_day(),
        "agreement": standing.agreement if standing else None,
        "signed_in_as": standing.signed_in_as if standing else "",
        "navigation": _navigation(request, standing) if standing else [],
        "footer_links": [{"text": "How figures are worked out", "url": reverse("guide")}],
    }


def _navigation(request: HttpRequest, standing: Standing) -> list[dict[str, Any]]:
    here = request.resolver_match.url_name or "" if request.resolver_match else ""
    return [
        {
            "text": text,
            "url": reverse(name, args=[standing.agreement.reference]),
            "current": here == name or here in also or (name == "returns" and here.startswith(RETURN_PAGES)),
        }
        for text, name, permission, also in NAVIGATION
        if standing.may(permission)
    ]
