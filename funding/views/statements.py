"""The annual statements: the list of years, and one year's statement."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.permissions import Permission
from funding.statement_forms import CertificateForm, PreparationForm, begun_with
from funding.statement_page import NoStatement, StatementPage, statement_page
from funding.statement_words import called_in_law
from funding.statement_years import statement_years


@requires(Permission.SEE_PAYMENTS)
@require_safe
def statements(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The agreement's financial years, each with how far its statement is."""
    try:
        years = statement_years(standing, at=clock.now())
    except NoStatement as none:
        raise Http404(str(none)) from None
    context = {"years": years, "law": called_in_law(standing.agreement.power), "agreement": standing.agreement}
    return render(request, "funding/statements.html", context)


@requires(Permission.SEE_PAYMENTS)
@require_safe
def statement(request: HttpRequest, standing: Standing, year: date) -> HttpResponse:
    """One year's statement, its versions, and what is asked of the reader."""
    return shown(request, standing, page_or_404(request, standing, year))


def page_or_404(request: HttpRequest, standing: Standing, year: date) -> StatementPage:
    """The page of a year, of the version that the query names if it names one."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len("10000") else None
    if asked and number is None:
        raise Http404("There is no such version of the statement.")
    try:
        return statement_page(standing, year, number=number, at=clock.now())
    except NoStatement as none:
        raise Http404(str(none)) from None


def shown(request: HttpRequest, standing: Standing, page: StatementPage, **filled_in: Any) -> HttpResponse:
    """The page, with a form as it was sent in place of an empty one."""
    form = PreparationForm(draft=page.draft, is_first=not page.versions, initial=begun_with(page))
    context = {
        "page": page,
        "content": page.content,
        "agreement": standing.agreement,
        "preparation_form": form,
        "certificate_form": CertificateForm(),
        "failed_form": next(iter(filled_in.values()), None),
        **filled_in,
    }
    return render(request, "funding/statement.html", context)
