"""The list of returns, a month, an upload and its findings."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.audit import Actor
from contracts.formatting import count_of, month_name
from contracts.permissions import Permission
from contracts.upload_limit import too_large_in
from performance.actions.receiving import Receipt, receive
from performance.findings import count_of as count_of_findings
from performance.forms import UploadForm
from performance.models import Outcome, Version
from performance.return_pages.blank import months_to_fill_in
from performance.return_pages.calendar import returns_page
from performance.return_pages.sight import names_in, returns_required, uploads_seen_by
from performance.return_pages.upload import current_version, month_page, upload_page

READ_OR_SEND = ["GET", "HEAD", "POST"]


@requires(Permission.SEE_RETURNS)
@require_safe
def returns(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Month by month what is due, late, waiting and accepted."""
    page = returns_page(standing, on=clock.today())
    return render(request, "performance/returns.html", {"page": page, "agreement": standing.agreement})


@requires(Permission.UPLOAD_RETURN)
@require_http_methods(READ_OR_SEND)
def return_upload(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The form for a file, and its taking in."""
    form = _upload_form(request, standing)
    if request.method == "POST" and form.is_valid() and form.judged is not None:
        why = form.cleaned_data["why"]
        receipt = receive(form.judged, by=Actor.person(standing.user), at=clock.now(), why=why)
        return _answer(request, standing, receipt)
    context = {
        "form": form,
        "agreement": standing.agreement,
        "names": names_in(standing.agreement),
        "to_fill_in": months_to_fill_in(standing.agreement, clock.today()),
    }
    return render(request, "performance/return_upload.html", context)


@requires(Permission.SEE_RETURNS)
@require_safe
def return_detail(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """The version of a month to look at first, or how the month stands without one."""
    of_return = get_object_or_404(returns_required(standing), month=month)
    version = current_version(of_return, standing)
    if version is not None:
        return redirect("version_detail", standing.agreement.reference, month, version.number)
    context = {"page": month_page(of_return, standing, on=clock.today()), "agreement": standing.agreement}
    return render(request, "performance/return_detail.html", context)


@requires(Permission.SEE_UPLOADS)
@require_safe
def upload_detail(request: HttpRequest, standing: Standing, upload: int) -> HttpResponse:
    """What was found in an upload, or the version it became."""
    held = get_object_or_404(uploads_seen_by(standing), pk=upload)
    if held.outcome == Outcome.VERSION:
        version = Version.objects.select_related("of_return").get(upload=held)
        return redirect("version_detail", standing.agreement.reference, version.of_return.month, version.number)
    context = {
        "page": upload_page(held, standing, on=clock.today()),
        "form": _upload_form(request, standing) if standing.may(Permission.UPLOAD_RETURN) else None,
        "agreement": standing.agreement,
    }
    return render(request, "performance/upload_detail.html", context)


def _upload_form(request: HttpRequest, standing: Standing) -> UploadForm:
    """The form, filled in where something was sent."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return UploadForm(*sent, agreement=standing.agreement, on=clock.today(), too_large=too_large_in(request))


def _answer(request: HttpRequest, standing: Standing, receipt: Receipt) -> HttpResponse:
    """Lead to what came of a file: its findings, or the version it became or already was."""
    reference, version = standing.agreement.reference, receipt.version
    if version is None:
        assert receipt.upload is not None
        return redirect("upload_detail", reference, receipt.upload.pk)
    month = version.of_return.month
    if receipt.outcome is Outcome.UNCHANGED:
        messages.info(request, f"Nothing has changed since version {version.number}: this is the same file.")
    else:
        warnings = count_of_findings(receipt.judged.findings)
        found = f", with {count_of(warnings, 'warning')} to give a reason for" if warnings else ""
        messages.success(request, f"{month_name(month)}, version {version.number} is ready to be signed off{found}.")
    return redirect("version_detail", reference, month, version.number)
