"""Two versions of a month's return against each other, on a page and as a file."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contracts.access import Standing, requires
from contracts.permissions import Permission
from performance.models import Version
from performance.return_pages.comparing import ComparisonPage, comparison_page
from performance.return_pages.comparison_file import comparison_file
from performance.return_pages.sight import returns_required


@requires(Permission.SEE_RETURNS)
@require_safe
def version_compare(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """What differs between two versions, cell by cell."""
    context = {"page": _page(request, standing, month), "agreement": standing.agreement}
    return render(request, "performance/version_compare.html", context)


@requires(Permission.SEE_RETURNS)
@require_safe
def version_compare_file(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """The same as a CSV file."""
    page = _page(request, standing, month)
    numbers = f"-{page.old.number}-and-{page.new.number}" if page.old and page.new else ""
    headers = {"Content-Disposition": f'attachment; filename="differences-{month:%Y-%m}{numbers}.csv"'}
    return HttpResponse(comparison_file(page), content_type="text/csv; charset=utf-8", headers=headers)


def _page(request: HttpRequest, standing: Standing, month: date) -> ComparisonPage:
    of_return = get_object_or_404(returns_required(standing), month=month)
    try:
        return comparison_page(of_return, standing, _number(request, "from"), _number(request, "to"))
    except (Version.DoesNotExist, ValueError):
        raise Http404("There is no such version of a return here.") from None


def _number(request: HttpRequest, name: str) -> int | None:
    """The version that the address names; None where it names none. Raises ValueError for what is no number."""
    text = request.GET.get(name, "")
    return int(text) if text else None
