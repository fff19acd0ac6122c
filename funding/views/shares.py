"""Shares of money and of caseload on a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Permission, Standing, requires
from funding.shares_page import basis_called, shares_page
from performance.chosen_month import choose_month
from performance.returns_held import returns_held


@requires(Permission.SEE_MONEY)
@require_safe
def shares(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Each element's share of the money beside its share of the caseload."""
    agreement = standing.agreement
    chosen = choose_month(agreement, returns_held(agreement), request.GET.get("month", ""), clock.today())
    page = shares_page(agreement, chosen.month, basis_called(request.GET.get("of", "")))
    return render(request, "funding/shares.html", {"page": page, "chosen": chosen, "agreement": agreement})
