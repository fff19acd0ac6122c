"""Writing an explanation of differences between two caseloads, and answering the other side's."""

from datetime import date
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.permissions import Permission
from performance.actions import explaining
from performance.actions.explanation_refusals import CHANGED, CannotExplain, FiguresInWork
from performance.explanation_answer_form import ExplanationAnswerForm
from performance.explanation_form import form_of
from performance.models import Explanation
from performance.views.explanation_steps import keep, refused, taken, unanswered
from performance.views.reconciliation_steps import looking_at_now, page_of, shown, to_month
from performance.views.version_steps import READ_OR_SEND


@requires(Permission.EXPLAIN_DIFFERENCES)
@require_http_methods(READ_OR_SEND)
def explanation_write(request: HttpRequest, standing: Standing, month: date) -> HttpResponse:
    """Keep an explanation for the other side to sign."""
    if request.method != "POST":
        return to_month(standing, month, "explain")
    page = page_of(request, standing, month, looking_at_now())
    if not page.may_explain:
        return refused(request, standing, month, page.why_not or CHANGED)
    form = form_of(page, standing.agreement, request.POST)
    if not form.is_valid():
        return shown(request, standing, page, looking_at_now(), form=form)
    try:
        keep(form, standing, month)
    except CannotExplain as stale:
        return refused(request, standing, month, str(stale))
    messages.success(request, "Your explanation is kept. The other side can sign it now.")
    return to_month(standing, month, "said")


@requires(Permission.EXPLAIN_DIFFERENCES)
@require_http_methods(READ_OR_SEND)
def explanation_answer(request: HttpRequest, standing: Standing, month: date, explanation: int) -> HttpResponse:
    """Sign the other side's explanation, or send it back."""
    one = get_object_or_404(Explanation, agreement=standing.agreement, month=month, pk=explanation)
    form = ExplanationAnswerForm(request.POST, agreement=standing.agreement, prefix=f"answer-{one.pk}")
    if request.method != "POST":
        return to_month(standing, month, "said")
    if not form.is_valid():
        return unanswered(request, standing, one, form)
    is_signed = form.cleaned_data["decision"] == ExplanationAnswerForm.SIGN
    reason = "" if is_signed else form.cleaned_data["reason"]
    step = partial(explaining.answer, one, is_signed=is_signed, reason=reason, by=standing, at=clock.now())
    said = "You signed the explanation." if is_signed else "The explanation is sent back, with your reason."
    try:
        return taken(request, standing, month, lambda: step(seen=form.cleaned_data["seen"]), said, "said")
    except FiguresInWork as busy:
        form.add_error(None, str(busy))
        return unanswered(request, standing, one, form)
