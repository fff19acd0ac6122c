"""A prepared statement as files: an accessible PDF and a workbook."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from contracts.access import Standing, requires
from contracts.papers.answer import PDF, attached, no_pdf
from contracts.papers.pdf import NoPdf, pdf_of
from contracts.permissions import Permission
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
        workbook = f"{reverse('statement_xlsx', args=[standing.agreement.reference, year])}?version={content.number}"
        return no_pdf(request, missing, title=content.title, instead=workbook, instead_words="workbook (XLSX)")
    return attached(written, PDF, _named(content, "pdf"))


@requires(Permission.SEE_PAYMENTS)
@require_safe
def statement_xlsx(request: HttpRequest, standing: Standing, year: date) -> HttpResponse:
    """The statement as a workbook, with the figures of the page."""
    content = _prepared_or_404(request, standing, year)
    return attached(statement_workbook(content), XLSX, _named(content, "xlsx"))


def _prepared_or_404(request: HttpRequest, standing: Standing, year: date) -> StatementContent:
    content = page_or_404(request, standing, year).content
    if content.prepared is None:
        raise Http404("The statement of this year has not been prepared, so there is no file of it.")
    return content


def _named(content: StatementContent, kind: str) -> str:
    return f"annual-statement-{content.reference.lower()}-{content.year.replace('/', '-')}-v{content.number}.{kind}"
