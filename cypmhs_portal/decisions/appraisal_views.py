"""Options appraisals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts.access import Standing, requires
from contracts.permissions import Permission
from cypmhs_portal.decisions.appraisal_page import appraisal_or_404, appraisal_page


@requires(Permission.SEE_DECISIONS)
@require_safe
def appraisal_detail(request: HttpRequest, standing: Standing, appraisal: int) -> HttpResponse:
    """One appraisal: options, criteria, scores, funding, and what the ranking rests on."""
    page = appraisal_page(appraisal_or_404(standing.agreement, appraisal))
    return render(request, "decisions/appraisal.html", {"page": page})
