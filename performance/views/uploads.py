"""The files that go back to the provider with an upload's findings. They hold exact small counts, as it does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contracts.access import Standing, requires
from contracts.permissions import Permission
from performance.return_pages.marked import HandedOut, findings_file, marked_file
from performance.return_pages.sight import uploads_seen_by


@requires(Permission.SEE_UPLOADS)
@require_safe
def upload_annotated(request: HttpRequest, standing: Standing, upload: int) -> HttpResponse:
    """The uploaded workbook with its findings marked, or a page that says why it cannot be."""
    held = get_object_or_404(uploads_seen_by(standing), pk=upload)
    file = marked_file(held, standing)
    if isinstance(file, HandedOut):
        return _attachment(file)
    context = {"why_not": file, "upload": held, "agreement": standing.agreement}
    return render(request, "performance/upload_not_marked.html", context)


@requires(Permission.SEE_UPLOADS)
@require_safe
def upload_findings(request: HttpRequest, standing: Standing, upload: int) -> HttpResponse:
    """The findings as CSV."""
    return _attachment(findings_file(get_object_or_404(uploads_seen_by(standing), pk=upload), standing))


def _attachment(file: HandedOut) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=file.kind.content_type, headers=headers)
