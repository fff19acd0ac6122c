"""Blank returns to fill in, and the statement that there was nothing to report."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.audit import Actor
from contracts.permissions import Permission
from performance.actions.nil import state_nil_return
from performance.actions.receiving import Receipt
from performance.blank_return import NotAsked, blank_return
from performance.forms import NilReturnForm
from performance.return_files import CSV, WORKBOOK, FileKind, blank_name_of
from performance.return_pages.blank import NilPage, nil_page
from performance.return_pages.sight import names_in
from performance.workbook.blank import Blank
from performance.workbook.csv_twin import template_csv
from performance.workbook.template import template_workbook


@requires(Permission.UPLOAD_RETURN)
@require_safe
def blank_workbook(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """The workbook of a month, ready to be filled in."""
    return _blank_file(standing, month, WORKBOOK, template_workbook)


@requires(Permission.UPLOAD_RETURN)
@require_safe
def blank_csv(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """The same rows as CSV."""
    return _blank_file(standing, month, CSV, template_csv)


@requires(Permission.UPLOAD_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
def nil_return(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """The statement that there was nothing to report in a month, and its taking in."""
    page = _nil_page(standing, month)
    form = NilReturnForm(request.POST if request.method == "POST" else None, needs_why=page.needs_why)
    if request.method == "POST" and not page.why_not and form.is_valid():
        return _answer(request, standing, _stated(standing, page, form))
    return render(request, "performance/nil_return.html", {"page": page, "form": form, "agreement": standing.agreement})


def _blank_file(standing: Standing, month: date, kind: FileKind, write: Callable[[Blank], bytes]) -> HttpResponse:
    try:
        blank = blank_return(standing.agreement, month, is_exact=standing.may(Permission.SEE_EXACT_COUNTS))
    except NotAsked as not_asked:
        raise Http404(str(not_asked)) from None
    name = blank_name_of(names_in(standing.agreement).provider, month, kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(blank), content_type=kind.content_type, headers=headers)


def _nil_page(standing: Standing, month: date) -> NilPage:
    try:
        return nil_page(standing.agreement, month, on=clock.today())
    except NotAsked as not_asked:
        raise Http404(str(not_asked)) from None


def _stated(standing: Standing, page: NilPage, form: NilReturnForm) -> Receipt:
    return state_nil_return(
        standing.agreement,
        page.month,
        provider=page.names.provider,
        because=form.cleaned_data["because"],
        why=form.cleaned_data.get("why", ""),
        by=Actor.person(standing.user),
        at=clock.now(),
    )


def _answer(request: HttpRequest, standing: Standing, receipt: Receipt) -> HttpResponse:
    """Lead to the version it became, or to what was found where the rules among the numbers forbid it."""
    reference, version = standing.agreement.reference, receipt.version
    if version is None:
        assert receipt.upload is not None
        return redirect("upload_detail", reference, receipt.upload.pk)
    messages.success(request, f"{version} is a nil return, ready to be signed off.")
    return redirect("version_detail", reference, version.of_return.month, version.number)
