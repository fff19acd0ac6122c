"""What other annual amounts would mean, on a page. Nothing is saved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.permissions import Permission
from funding.what_if_page import what_if_page


@requires(Permission.SEE_PAYMENTS)
@require_safe
def what_if(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The agreement with other amounts, as the address asks."""
    page = what_if_page(standing.agreement, request.GET.dict(), on=clock.today())
    address = request.build_absolute_uri(f"{request.path}?{page.answer.query}") if page.answer else ""
    context = {"page": page, "agreement": standing.agreement, "address": address}
    return render(request, "funding/what_if.html", context)
