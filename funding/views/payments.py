"""Payments: the list, one payment, the ledger's files, and certifying a month."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.audit import Actor
from contracts.formatting import money, month_name
from contracts.permissions import Permission
from funding.actions.certifying import certify
from funding.actions.refusals import CannotPay
from funding.certificate_form import ANOTHER, CERTIFY, CertificateForm
from funding.ledger_rows import ledger_csv, ledger_xlsx
from funding.payment_pages.certify import certify_page, live_payment, proposal_for
from funding.payment_pages.ledger import ledger_rows
from funding.payment_pages.listing import payments_page
from funding.queries.proposal import Proposal
from funding.views.payment_steps import READ_OR_SEND, payment_or_404, shown
from funding.who_may import certifying
from performance.return_files import CSV, WORKBOOK, FileKind


@requires(Permission.SEE_PAYMENTS)
@require_safe
def payments(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every month's payment by financial year, or those of one year."""
    page = payments_page(standing, year=request.GET.get("year", ""), on=clock.today())
    return render(request, "funding/payments.html", {"page": page, "agreement": standing.agreement})


@requires(Permission.SEE_PAYMENTS)
@require_safe
def payment_detail(request: HttpRequest, standing: Standing, payment: int) -> HttpResponse:
    """One payment: what it comes to and why, how far it has come, and what is asked of the reader."""
    return shown(request, standing, payment_or_404(standing, payment))


@requires(Permission.SEE_PAYMENTS)
@require_safe
def payments_csv(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The payments of the list as a CSV file, a row for each amount in them."""
    rows = ledger_rows(standing.agreement, request.GET.get("year", ""), clock.today())
    return _file(standing, request, ledger_csv(rows), CSV)


@requires(Permission.SEE_PAYMENTS)
@require_safe
def payments_xlsx(request: HttpRequest, standing: Standing) -> HttpResponse:
    """The payments of the list as a workbook, a row for each amount in them."""
    rows = ledger_rows(standing.agreement, request.GET.get("year", ""), clock.today())
    return _file(standing, request, ledger_xlsx(rows, f"Payments, {standing.agreement.name}"), WORKBOOK)


@requires(Permission.CERTIFY_PAYMENT)
@require_http_methods(READ_OR_SEND)
def payment_certify(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """Certify a month's payment: the instalments, what is deducted and added, and the declaration."""
    if why_not := certifying(standing).why_not:
        messages.error(request, why_not)
        return redirect("payments", standing.agreement.reference)
    proposed = proposal_for(standing, month, clock.today())
    live = live_payment(proposed)
    if live is not None:
        messages.error(request, f"{month_name(month)} has this payment already, so it cannot be certified again.")
        return redirect("payment_detail", standing.agreement.reference, live.number)
    step = request.POST.get("step", CERTIFY)
    if request.method != "POST" or step == ANOTHER:
        typed = request.POST if request.method == "POST" else None
        return _certificate(request, proposed, CertificateForm(proposal=proposed, typed=typed))
    form = CertificateForm(request.POST, proposal=proposed, step=step)
    if not form.is_valid() or step != CERTIFY:
        return _certificate(request, proposed, form)
    return _certified(request, standing, proposed, form)


def _certificate(request: HttpRequest, proposed: Proposal, form: CertificateForm) -> HttpResponse:
    page = certify_page(proposed, form)
    return render(request, "funding/payment_certify.html", {"page": page, "agreement": proposed.agreement})


def _certified(request: HttpRequest, standing: Standing, proposed: Proposal, form: CertificateForm) -> HttpResponse:
    """Certify it, or say on the same page why it cannot be."""
    try:
        payment = certify(
            standing.agreement,
            proposed.month,
            payer=proposed.payer,
            items=form.items,
            expected_to_pay=form.to_pay,
            by=Actor.person(standing.user),
            at=clock.now(),
            left_out_because=form.cleaned_data["left_out_because"],
        )
    except CannotPay as refusal:
        form.add_error(None, str(refusal))
        return _certificate(request, proposed, form)
    said = f"{money(payment.to_pay)} is certified for {month_name(payment.month)}. The statutory test comes next."
    messages.success(request, said)
    return redirect("payment_detail", standing.agreement.reference, payment.number)


def _file(standing: Standing, request: HttpRequest, content: bytes, kind: FileKind) -> HttpResponse:
    year = request.GET.get("year", "")
    name = "-".join(part for part in ("payments", standing.agreement.reference.lower(), year) if part)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind.ending}"'}
    return HttpResponse(content, content_type=kind.content_type, headers=headers)
