"""The provider's scorecard, on a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.permissions import Permission
from performance.return_files import CSV
from performance.return_pages.scorecard import scorecard_page, scored_months
from performance.scorecard_rows import scorecard_csv


@requires(Permission.SEE_RETURNS)
@require_safe
def scorecard(request: HttpRequest, standing: Standing) -> HttpResponse:
    """How the provider does with its returns, by month and by financial year."""
    page = scorecard_page(standing, at=clock.now())
    return render(request, "performance/scorecard.html", {"page": page, "agreement": standing.agreement})


@requires(Permission.SEE_RETURNS)
@require_safe
def scorecard_file(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The page's table of months as a CSV file."""
    content = scorecard_csv(scored_months(standing, at=clock.now()))
    name = f"provider-scorecard-{standing.agreement.reference.lower()}-{clock.today():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=CSV.content_type, headers=headers)
