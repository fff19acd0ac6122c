"""The page of money, and its months as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.looking import AS_AT, looking_back
from contracts.permissions import Permission
from funding.money_page.months import months_csv
from funding.money_page.page import money_page
from funding.payment_pages.of_month import payment_of_month
from performance.chosen_month import choose_month
from performance.return_files import CSV
from performance.returns_held import returns_held

ALL = "all"


@requires(Permission.SEE_MONEY)
@require_safe
def money(request: HttpRequest, standing: Standing) -> HttpResponse:
    """What each element is paid, has deducted, and spends."""
    looking = looking_back(request.GET.get(AS_AT, ""), clock.now())
    returns = returns_held(standing.agreement, looking.moment)
    chosen = choose_month(standing.agreement, returns, request.GET.get("month", ""), clock.today())
    shows_all = request.GET.get("months") == ALL
    context = {
        "page": money_page(standing, chosen.month, looking.moment, shows_all),
        "payment": None if looking.moment else payment_of_month(standing, chosen.month, clock.today()),
        "chosen": chosen,
        "looking": looking,
        "shows_all": shows_all,
        "keeps": {"months": ALL} if shows_all else {},
        "agreement": standing.agreement,
    }
    return render(request, "funding/money.html", context)


@requires(Permission.SEE_MONEY)
@require_safe
def money_csv(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The page's table of months as a CSV file."""
    looking = looking_back(request.GET.get(AS_AT, ""), clock.now())
    returns = returns_held(standing.agreement, looking.moment)
    chosen = choose_month(standing.agreement, returns, request.GET.get("month", ""), clock.today())
    page = money_page(standing, chosen.month, looking.moment, request.GET.get("months") == ALL)
    content = months_csv(page.months, page.sees_payments, page.has_additions)
    name = f"money-{standing.agreement.reference.lower()}-{chosen.month:%Y-%m}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CSV.content_type, headers=headers)
