"""The boards of all clocks: of one agreement, and of every agreement that a person has a part in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires, signed_in, standings_of
from contracts.models import User
from contracts.permissions import Permission
from contracts.queries.clock_board import clock_board


@requires(Permission.SEE_NOTICES)
@require_safe
def notices(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every notice of an agreement with its clock, the most urgent first."""
    context = {
        "board": clock_board([standing], clock.today()),
        "agreement": standing.agreement,
        "may_ask": standing.may(Permission.ASK_FOR_NOTICE),
        "may_see_requests": standing.may(Permission.SEE_REQUESTS),
        "may_check": standing.may(Permission.CHECK_TERMS),
    }
    return render(request, "contracts/notices.html", context)


@signed_in
@require_safe
def all_notices(request: HttpRequest) -> HttpResponse:
    """The notices of every agreement that a person has a part in."""
    assert isinstance(request.user, User)  # signed_in stands outside
    board = clock_board(standings_of(request.user), clock.today())
    return render(request, "contracts/notices.html", {"board": board})
