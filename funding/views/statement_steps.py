"""The steps of an annual statement: prepared by the payer's finance officers, certified by the recipient's officer."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.audit import Actor
from contracts.permissions import Permission
from funding.actions.statements import CannotState, certify_statement, prepare_statement
from funding.statement_forms import CertificateForm, PreparationForm
from funding.statement_page import payer_for
from funding.statement_words import said_once_prepared
from funding.views.statements import page_or_404, shown

READ_OR_SEND = ["GET", "HEAD", "POST"]


@requires(Permission.PREPARE_STATEMENT)
@require_http_methods(READ_OR_SEND)
def statement_prepare(request: HttpRequest, standing: Standing, year: date) -> HttpResponse:
    """Prepare the year's statement, or a new version of it."""
    page = page_or_404(request, standing, year)
    if not page.steps.preparing.may:
        raise PermissionDenied(page.steps.preparing.why_not)
    if request.method != "POST":
        return redirect("statement", standing.agreement.reference, year)
    form = PreparationForm(request.POST, draft=page.draft, is_first=not page.versions)
    if not form.is_valid():
        return shown(request, standing, page, preparation_form=form)
    agreement, payer = standing.agreement, payer_for(standing)
    return _taken(
        request,
        standing,
        year,
        lambda by: prepare_statement(agreement, payer, year, form.said, by=by, at=clock.now()),
        said_once_prepared(page.content.recipient, page.draft.paid, form.said.ledger_total),
    )


@requires(Permission.CERTIFY_STATEMENT)
@require_http_methods(READ_OR_SEND)
def statement_certify(request: HttpRequest, standing: Standing, year: date) -> HttpResponse:
    """Certify the latest version of the year's statement."""
    page = page_or_404(request, standing, year)
    if request.method != "POST" or not page.versions:
        return redirect("statement", standing.agreement.reference, year)
    latest, form = page.versions[0], CertificateForm(request.POST)
    if not form.is_valid():
        return shown(request, standing, page, certificate_form=form)
    office = form.cleaned_data["office"]
    return _taken(
        request,
        standing,
        year,
        lambda by: certify_statement(latest, office=office, by=by, at=clock.now()),
        "The statement is certified.",
    )


def _taken(
    request: HttpRequest, standing: Standing, year: date, step: Callable[[Actor], object], said: str
) -> HttpResponse:
    """Take the step and say so, or say why it cannot be taken; lead to the statement."""
    try:
        step(Actor.person(standing.user))
    except CannotState as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("statement", standing.agreement.reference, year)
