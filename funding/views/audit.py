"""The audit view of money, on a page and as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.permissions import Permission
from funding.audit_pages.file import audit_csv
from funding.audit_pages.filters import EVENTS, asked_for
from funding.audit_pages.page import audit_page


@requires(Permission.SEE_AUDIT_TRAIL)
@require_safe
def money_audit(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every payment with what it rests on, and every change of money with who made it."""
    page = audit_page(standing.agreement, asked_for(request.GET), request.GET.get("page", ""))
    return render(request, "funding/audit.html", {"page": page, "agreement": standing.agreement})


@requires(Permission.SEE_AUDIT_TRAIL)
@require_safe
def money_audit_csv(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The page's payments, or with `rows=events` its changes of money, as a CSV file."""
    rows = request.GET.get("rows", "")
    content = audit_csv(standing.agreement, asked_for(request.GET), rows)
    what = "changes-of-money" if rows == EVENTS else "payments"
    name = f"audit-{what}-{standing.agreement.reference.lower()}-{clock.today():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
