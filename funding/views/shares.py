"""Shares of money and of caseload on a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.looking import AS_AT, looking_back
from contracts.permissions import Permission
from funding.shares_page import basis_called, shares_page
from performance.chosen_month import choose_month
from performance.returns_held import returns_held


@requires(Permission.SEE_MONEY)
@require_safe
def shares(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Each element's share of the money beside its share of the caseload."""
    agreement, looking = standing.agreement, looking_back(request.GET.get(AS_AT, ""), clock.now())
    returns = returns_held(agreement, looking.moment)
    chosen = choose_month(agreement, returns, request.GET.get("month", ""), clock.today())
    page = shares_page(agreement, chosen.month, basis_called(request.GET.get("of", "")), looking.moment)
    context = {"page": page, "chosen": chosen, "agreement": agreement, "looking": looking}
    return render(request, "funding/shares.html", context)
