"""The terms of contract levers, and recording that somebody found one in the contract."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.checking_terms import check_term
from contracts.audit import Actor
from contracts.forms.terms import CheckedTermForm
from contracts.permissions import Permission
from contracts.queries.lever_terms import LeverTerms, lever_terms
from contracts.views.form_steps import READ_OR_SEND, came_of


@requires(Permission.SEE_NOTICES)
@require_safe
def notice_terms(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every clock and withholding term of an agreement, and whether somebody found it in the contract."""
    terms = lever_terms(standing.agreement, clock.today())
    return _shown(request, standing, terms, CheckedTermForm(terms=terms))


@requires(Permission.CHECK_TERMS)
@require_http_methods(READ_OR_SEND)
def notice_terms_check(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Record where the contract has a term."""
    if request.method != "POST":
        return redirect("notice_terms", standing.agreement.reference)
    terms = lever_terms(standing.agreement, clock.today())
    form = CheckedTermForm(request.POST, terms=terms)
    by = Actor.person(standing.user)
    if not came_of(
        form, lambda: check_term(form.chosen.row, reference=form.cleaned_data["reference"], by=by, at=clock.now())
    ):
        return _shown(request, standing, lever_terms(standing.agreement, clock.today()), form)
    messages.success(request, f"Recorded as checked: {form.chosen.in_words}.")
    return redirect("notice_terms", standing.agreement.reference)


def _shown(request: HttpRequest, standing: Standing, terms: LeverTerms, form: CheckedTermForm) -> HttpResponse:
    may_check = standing.may(Permission.CHECK_TERMS) and bool(terms.unchecked)
    context = {"terms": terms, "form": form, "may_check": may_check, "agreement": standing.agreement}
    return render(request, "contracts/notice_terms.html", context)
