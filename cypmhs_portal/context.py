"""What every page knows beside its own context."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from contracts import clock
from contracts.access import Standing
from contracts.permissions import Permission
from cypmhs_portal.decisions.sub_navigation import decision_sub_navigation, is_about_decisions
from funding.sub_navigation import is_about_money, sub_navigation

SERVICE_NAME = "Joint funding portal"

# text, address, what it takes to see it, the addresses it stands for
NAVIGATION = [
    ("Overview", "overview", Permission.SEE_FIGURES, {"overview", "element", "figure"}),
    ("Returns", "returns", Permission.SEE_RETURNS, {"scorecard"}),
    ("Money", "money", Permission.SEE_MONEY, set()),
    ("Notices", "notices", Permission.SEE_NOTICES, set()),
    ("Two caseloads", "reconciliation", Permission.SEE_FIGURES, {"reconciliation_month"}),
    ("Equality", "equality", Permission.SEE_RETURNS, set()),
    ("Decisions", "decisions", Permission.SEE_DECISIONS, set()),
    ("Agreement", "agreement", Permission.SEE_AGREEMENT, set()),
    ("Published figures", "published", Permission.SEE_FIGURES, set()),
]
RETURN_PAGES = ("return", "upload", "version")
PAGES_OF_TERMS = ("variation",)


def portal(request: HttpRequest) -> dict[str, Any]:
    """The service's name, the demo's day where it runs on one, and the menu of the agreement being looked at."""
    standing: Standing | None = getattr(request, "standing", None)
    here = request.resolver_match.url_name or "" if request.resolver_match else ""
    return {
        "service_name": SERVICE_NAME,
        "demo_day": clock.demo_day(),
        "agreement": standing.agreement if standing else None,
        "signed_in_as": standing.signed_in_as if standing else "",
        "navigation": _navigation(here, standing) if standing else [],
        "decision_pages": decision_sub_navigation(standing, here) if standing else [],
        "money_pages": sub_navigation(standing, here) if standing else [],
        "footer_links": [
            {"text": "How figures are worked out", "url": reverse("guide")},
            {"text": "API for systems", "url": reverse("api_docs")},
        ],
    }


def _navigation(here: str, standing: Standing) -> list[dict[str, Any]]:
    return [
        {
            "text": text,
            "url": reverse(name, args=[standing.agreement.reference]),
            "current": here == name or here in also or _is_behind(here, name),
        }
        for text, name, permission, also in NAVIGATION
        if standing.may(permission)
    ]


def _is_behind(here: str, name: str) -> bool:
    """Whether the page named `here` is one of the many behind the menu's entry `name`."""
    behind = {
        "returns": here.startswith(RETURN_PAGES),
        "money": is_about_money(here),
        "decisions": is_about_decisions(here),
        "notices": here.startswith("notice"),
        "agreement": here.startswith(PAGES_OF_TERMS),
    }
    return behind.get(name, False)
