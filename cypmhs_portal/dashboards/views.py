"""The pages that are made of all three apps."""

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, public, requires, signed_in
from contracts.looking import AS_AT, Looking, looking_back
from contracts.models import User
from contracts.permissions import Permission
from cypmhs_portal.dashboards.attention import sight_of
from cypmhs_portal.dashboards.element_page import element_page
from cypmhs_portal.dashboards.figure_page import FigureName, FigurePage, figure_page
from cypmhs_portal.dashboards.landing import landing_of
from cypmhs_portal.dashboards.overview import overview_of
from cypmhs_portal.dashboards.stamp import stamp_of
from cypmhs_portal.dashboards.terms_page import terms_page
from cypmhs_portal.reports.published import compare_published_figures, disputes_of, in_groups
from performance.chosen_month import choose_month
from performance.returns_held import returns_held


def _looking(request: HttpRequest) -> Looking:
    """The moment that the address looks back to."""
    return looking_back(request.GET.get(AS_AT, ""), clock.now())


@signed_in
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Where each person starts: their one agreement, a choice of them, or the admin site."""
    assert isinstance(request.user, User)  # signed_in stands outside
    place = landing_of(request.user)
    return redirect(place.url) if place.url else render(request, "portal/landing.html", {"place": place})


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How figures, colours and trend signs are worked out."""
    return render(request, "portal/guide.html")


@requires(Permission.SEE_FIGURES)
@require_safe
def overview(request: HttpRequest, standing: Standing) -> HttpResponse:
    """How an agreement stands in a month. Worked out again only when something about it has changed."""
    agreement, today, looking = standing.agreement, clock.today(), _looking(request)
    sight = sight_of(standing)
    returns = returns_held(agreement, looking.moment)
    chosen = choose_month(agreement, returns, request.GET.get("month", ""), today)
    context = {
        "chosen": chosen,
        "looking": looking,
        "stamp": stamp_of(agreement),
        "today": today,
        "sight": " ".join(sorted(sight)),
        "overview": partial(overview_of, agreement, chosen.month, returns, looking.on(today), sight, looking.moment),
    }
    return render(request, "portal/overview.html", context)


@requires(Permission.SEE_FIGURES)
@require_safe
def element(request: HttpRequest, standing: Standing, code: str) -> HttpResponse:
    """One funded element: its trend, its year, its areas, its staff and its money."""
    looking = _looking(request)
    returns = returns_held(standing.agreement, looking.moment)
    chosen = choose_month(standing.agreement, returns, request.GET.get("month", ""), clock.today())
    page = element_page(standing.agreement, code, chosen.month, looking.moment)
    return render(request, "portal/element.html", {"page": page, "chosen": chosen, "looking": looking})


@requires(Permission.SEE_FIGURES)
@require_safe
def figure(
    request: HttpRequest, standing: Standing, indicator: str, element: str, area: str, month: date
) -> HttpResponse:
    """Where one number comes from."""
    looking = _looking(request)
    page = figure_page(standing, FigureName(indicator, element, area, month), looking.moment)
    template = "portal/figure.html" if isinstance(page, FigurePage) else "portal/figure_withheld.html"
    return render(request, template, {"page": page, "looking": looking})


@requires(Permission.SEE_AGREEMENT)
@require_safe
def agreement(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Who agreed what: parties, elements, targets, funding, decisions."""
    return render(request, "portal/agreement.html", {"page": terms_page(standing.agreement, clock.today())})


@requires(Permission.SEE_FIGURES)
@require_safe
def published(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Published figures beside what they recompute to, and why some differ."""
    comparisons = compare_published_figures(standing.agreement)
    disputes = disputes_of(standing.agreement, comparisons)
    return render(request, "portal/published.html", {"groups": in_groups(comparisons), "disputes": disputes})
