"""What is done with what the two sides send: kept, or handed back with why it was not."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from contracts import clock
from contracts.access import Standing
from performance.actions.explaining import explain_as_seen
from performance.actions.explanation_refusals import CHANGED, CannotExplain, FiguresInWork
from performance.explanation_answer_form import ExplanationAnswerForm
from performance.explanation_form import ExplanationForm, form_of
from performance.models import Explanation
from performance.views.reconciliation_steps import looking_at_now, page_of, shown, to_month


def keep(form: ExplanationForm, standing: Standing, month: date) -> Explanation:
    """Keep the explanation that a form holds. Raises `CannotExplain`."""
    return explain_as_seen(
        form.cleaned_data["seen"],
        standing.agreement,
        month,
        differences=form.differences,
        text=form.cleaned_data["text"],
        agreed_figure=form.cleaned_data["agreed_figure"],
        by=standing,
        at=clock.now(),
    )


def refused(request: HttpRequest, standing: Standing, month: date, why: str) -> HttpResponse:
    """Say why an explanation was not kept, above the page as it is now and with the words that were written."""
    page = page_of(request, standing, month, looking_at_now())
    if not page.may_explain:
        messages.error(request, why)
        return to_month(standing, month)
    # Sent once more, it is sent in the knowledge of what the page shows now.
    sent = request.POST.copy()
    sent["seen"] = page.seen
    form = form_of(page, standing.agreement, sent)
    form.add_error(None, why)
    return shown(request, standing, page, looking_at_now(), form=form)


def unanswered(request: HttpRequest, standing: Standing, one: Explanation, form: ExplanationAnswerForm) -> HttpResponse:
    """The page with an answer as it was sent and what is wrong with it; for who may not give one, why."""
    page = page_of(request, standing, one.month, looking_at_now())
    said = next(said for said in page.said if said.explanation == one)
    if said.may_answer:
        return shown(request, standing, page, looking_at_now(), answer_form=form)
    messages.error(request, said.why_not or CHANGED)
    return to_month(standing, one.month, "said")


def taken(
    request: HttpRequest, standing: Standing, month: date, step: Callable[[], object], said: str, part: str
) -> HttpResponse:
    """Take the step and say so, or say why it could not be taken; lead back to `part` of the month's page.

    Raises `FiguresInWork`: what was sent still holds, and can be sent again.
    """
    try:
        step()
    except FiguresInWork:
        raise
    except CannotExplain as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return to_month(standing, month, part)
