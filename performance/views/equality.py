"""The children by sex, age and other characteristics, month by month, and the same as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.permissions import Permission
from performance.chosen_month import ChosenMonth, choose_month
from performance.equality.counts import seen_by
from performance.equality.file import equality_csv
from performance.equality.page import equality_page
from performance.returns_held import returns_held


@requires(Permission.SEE_RETURNS)
@require_safe
def equality(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every characteristic in a month and in the months before it."""
    chosen = _chosen(request, standing)
    return render(
        request, "performance/equality.html", {"page": equality_page(standing, chosen.month), "chosen": chosen}
    )


@requires(Permission.SEE_RETURNS)
@require_safe
def equality_file(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The numbers of the page, as this reader sees them there."""
    month = _chosen(request, standing).month
    name = f"{standing.agreement.reference.lower()}-equality-{month:%Y-%m}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(equality_csv(seen_by(standing, month)), content_type="text/csv; charset=utf-8", headers=headers)


def _chosen(request: HttpRequest, standing: Standing) -> ChosenMonth:
    asked = request.GET.get("month", "")
    return choose_month(standing.agreement, returns_held(standing.agreement), asked, clock.today())
