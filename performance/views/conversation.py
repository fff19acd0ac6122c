"""What provider and commissioners say to each other about a version: reasons for warnings, queries, answers."""

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.formatting import count_of
from contracts.permissions import Permission
from performance.actions import querying
from performance.actions.reasoning import give_reasons
from performance.conversation_forms import AnswerForm, FollowUpForm, QueryForm, WarningReasonsForm
from performance.models import Query, Version
from performance.reasons import warnings_without_reason
from performance.return_pages.sight import names_in
from performance.return_pages.threads import lines_to_ask_about, queries_seen_by
from performance.views.version_steps import READ_OR_SEND, again, page_of, taken, version_or_404


@requires(Permission.UPLOAD_RETURN)
@require_http_methods(READ_OR_SEND)
def version_warnings(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """Keep the reasons for a draft's warnings, as many as were written."""
    version = version_or_404(standing, month, number)
    form = WarningReasonsForm(request.POST, cards=page_of(request, standing, version).warnings.cards)
    if request.method != "POST" or not form.is_valid():
        return again(request, standing, version, reasons_form=form)
    left = len(set(warnings_without_reason(version)) - form.reasons.keys())
    said = f"{count_of(left, 'warning')} still without a reason." if left else "Every warning has its reason."
    step = partial(give_reasons, version, form.reasons, at=clock.now())
    return taken(request, standing, version, lambda by: step(by=by), f"Your reasons are kept. {said}", "warnings")


@requires(Permission.QUERY_RETURN)
@require_http_methods(READ_OR_SEND)
def version_ask(request: HttpRequest, standing: Standing, month: date, number: int) -> HttpResponse:
    """The form for a query about one line of a version, or the whole of it, and its keeping."""
    version = version_or_404(standing, month, number)
    lines = lines_to_ask_about(version)
    sent = request.POST if request.method == "POST" else None
    form = QueryForm(sent, lines=lines, initial={"about": request.GET.get("line", "")})
    names = names_in(standing.agreement)
    if sent is None or not form.is_valid():
        context = {"form": form, "version": version, "agreement": standing.agreement, "names": names}
        return render(request, "performance/version_ask.html", context)
    step = partial(querying.ask, version, about=form.line, text=form.cleaned_data["text"], at=clock.now())
    said = f"Your query is kept. {names.provider} can answer it now."
    return taken(request, standing, version, lambda by: step(by=by), said, "queries")


@requires(Permission.ANSWER_QUERY)
@require_http_methods(READ_OR_SEND)
def query_answer(request: HttpRequest, standing: Standing, month: date, number: int, query: int) -> HttpResponse:
    """Keep the provider's answer to a query, from the page of a version that shows it."""
    version = version_or_404(standing, month, number)
    asked = _query(standing, version, query)
    form = AnswerForm(request.POST, prefix=str(query))
    if request.method != "POST" or not form.is_valid():
        return again(request, standing, version, thread_form=form)
    step = partial(querying.answer, asked, text=form.cleaned_data["text"], at=clock.now())
    return taken(request, standing, version, lambda by: step(by=by), "Your answer is kept.", "queries")


@requires(Permission.QUERY_RETURN)
@require_http_methods(READ_OR_SEND)
def query_follow_up(request: HttpRequest, standing: Standing, month: date, number: int, query: int) -> HttpResponse:
    """Ask on in the thread of a query, or settle it, from the page of a version that shows it."""
    version = version_or_404(standing, month, number)
    asked = _query(standing, version, query)
    form = FollowUpForm(request.POST, prefix=str(query))
    if request.method != "POST" or not form.is_valid():
        return again(request, standing, version, thread_form=form)
    is_end = form.cleaned_data["step"] == FollowUpForm.SETTLE
    step = partial(querying.settle if is_end else querying.ask_again, asked, text=form.cleaned_data["text"])
    said = "The query is settled." if is_end else "Your question is kept."
    return taken(request, standing, version, lambda by: step(by=by, at=clock.now()), said, "queries")


def _query(standing: Standing, version: Version, query: int) -> Query:
    """A query about the month of `version`: it stands on the page of each of the month's versions."""
    return get_object_or_404(queries_seen_by(standing), pk=query, version__of_return=version.of_return_id)
