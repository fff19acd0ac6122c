"""A prepared statement as files: an accessible PDF and a workbook."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from contracts.access import Permission, Standing, requires
from funding.pdf import NoPdf, pdf_of
from funding.statement_content import StatementContent
from funding.statement_file import statement_workbook
from funding.views.statements import page_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(Permission.SEE_PAYMENTS)
@require_safe
def statement_pdf(request: HttpRequest, standing: Standing, year: date) -> HttpResponse:
    """The statement as PDF/UA; where the server cannot make one, a page that says why and offers the workbook."""
    content = _prepared_or_404(request, standing, year)
    try:
        written = pdf_of(render_to_string("funding/statement_pdf.html", {"content": content}))
    except NoPdf as missing:
        context = {"content": content, "year": year, "agreement": standing.agreement, "why": str(missing)}
        return render(request, "funding/no_pdf.html", context, status=503)
    return HttpResponse(written, content_type="application/pdf", headers=_named(content, "pdf"))


@requires(Permission.SEE_PAYMENTS)
@require_safe
def statement_xlsx(request: HttpRequest, standing: Standing, year: date) -> HttpResponse:
    """The statement as a workbook, with the figures of the page."""
    content = _prepared_or_404(request, standing, year)
    return HttpResponse(statement_workbook(content), content_type=XLSX, headers=_named(content, "xlsx"))


def _prepared_or_404(request: HttpRequest, standing: Standing, year: date) -> StatementContent:
    content = page_or_404(request, standing, year).content
    if content.prepared is None:
        raise Http404("The statement of this year has not been prepared, so there is no file of it.")
    return content


def _named(content: StatementContent, kind: str) -> dict[str, str]:
    name = f"annual-statement-{content.reference.lower()}-{content.year.replace('/', '-')}-v{content.number}.{kind}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
