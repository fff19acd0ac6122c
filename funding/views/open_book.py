"""The page of the open book."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.looking import AS_AT, looking_back
from contracts.permissions import Permission
from funding.open_book_page.page import open_book_page
from funding.open_book_page.period import period_of
from performance.chosen_month import choose_month
from performance.returns_held import returns_held


@requires(Permission.SEE_MONEY)
@require_safe
def open_book(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What the money was spent on, by element and category."""
    agreement, looking = standing.agreement, looking_back(request.GET.get(AS_AT, ""), clock.now())
    returns = returns_held(agreement, looking.moment)
    chosen = choose_month(agreement, returns, request.GET.get("month", ""), clock.today())
    period, code = period_of(request.GET.get("period", "")), request.GET.get("element", "")
    page = open_book_page(agreement, chosen.month, period, code, looking.moment)
    keeps = {"period": page.period, "element": code}
    context = {"page": page, "chosen": chosen, "looking": looking, "agreement": agreement, "keeps": keeps}
    return render(request, "funding/open_book.html", context)
