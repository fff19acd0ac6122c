"""How the provider's and the council's caseloads differ, month by month, on pages and as files."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.permissions import Permission
from performance.reconciliation_pages.asked import asked_for
from performance.reconciliation_pages.files import counts_file, differences_file
from performance.reconciliation_pages.months import caseloads_page, months_file
from performance.return_files import CSV
from performance.views.reconciliation_steps import looking_at, month_or_404, page_of, shown


@requires(Permission.SEE_FIGURES)
@require_safe
def reconciliation(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every month's two caseloads and how they stand."""
    looking = looking_at(request)
    page = caseloads_page(standing.agreement, looking.moment, clock.today())
    context = {"page": page, "looking": looking}
    return render(request, "performance/reconciliation.html", context | {"agreement": standing.agreement})


@requires(Permission.SEE_FIGURES)
@require_safe
def reconciliation_file(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The same as a CSV file."""
    content = months_file(caseloads_page(standing.agreement, looking_at(request).moment, clock.today()))
    return _file(content, f"two-caseloads-{standing.agreement.reference.lower()}")


@requires(Permission.SEE_FIGURES)
@require_safe
def reconciliation_month(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """One month: its counts by area, its differences and what was said of them."""
    looking = looking_at(request)
    return shown(request, standing, page_of(request, standing, month, looking), looking)


@requires(Permission.SEE_FIGURES)
@require_safe
def reconciliation_counts(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """The month's counts by area as a CSV file."""
    month_or_404(standing, month)
    return _file(counts_file(standing, month, looking_at(request).moment), f"two-caseloads-{month:%Y-%m}-by-area")


@requires(Permission.SEE_FIGURES)
@require_safe
def reconciliation_differences(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """The month's differences as a CSV file: by reference for those who may see cases, else by kind and area."""
    month_or_404(standing, month)
    content = differences_file(standing, month, asked_for(request.GET.dict()), looking_at(request).moment)
    return _file(content, f"two-caseloads-{month:%Y-%m}-differences")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(content, content_type=CSV.content_type, headers=headers)
