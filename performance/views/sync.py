"""How the council's syncs do, for administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import for_administrators
from performance.sync_pages.page import sync_rows


@for_administrators
@require_safe
def sync(request: HttpRequest) -> HttpResponse:
    """Each sync: its last batch, what was refused, who may send and who was told of a silence."""
    return render(request, "performance/sync.html", {"syncs": sync_rows(clock.now())})
