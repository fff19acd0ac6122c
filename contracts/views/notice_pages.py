"""The page of one notice, and what is said to it there."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.notice_entries import acknowledge_notice, answer_notice, note_on_notice
from contracts.audit import Actor
from contracts.forms.notice_steps import AcknowledgementForm, RecordForm
from contracts.notice_pages.held import notice_in_full
from contracts.permissions import Permission
from contracts.views.taking import READ_OR_SEND, Step, answered, shown_notice


@requires(Permission.SEE_NOTICES)
@require_safe
def notice_detail(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """One notice in full: its ladder, what happened, its evidence, and what is asked of the reader."""
    return shown_notice(request, standing, notice_in_full(standing, notice))


@requires(Permission.ANSWER_NOTICE)
@require_http_methods(READ_OR_SEND)
def notice_acknowledge(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """Acknowledge a notice for the provider."""
    held = notice_in_full(standing, notice)
    form = AcknowledgementForm(request.POST)

    def take(by: Actor) -> str:
        acknowledge_notice(held, text=form.cleaned_data["text"], by=by, at=clock.now())
        return f"{held} is acknowledged."

    shown = partial(shown_notice, request, standing, held)
    return answered(request, standing, Step(held, "Acknowledge the notice", form, "Acknowledge", take, shown=shown))


@requires(Permission.NOTE_ON_NOTICE)
@require_http_methods(READ_OR_SEND)
def notice_record(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """Add to the record: an answer where the provider writes, a note otherwise."""
    held = notice_in_full(standing, notice)
    form = RecordForm(request.POST)
    says = answer_notice if standing.may(Permission.ANSWER_NOTICE) else note_on_notice

    def take(by: Actor) -> str:
        says(held, text=form.cleaned_data["text"], by=by, at=clock.now())
        return "What you wrote is on the record."

    shown = partial(shown_notice, request, standing, held)
    return answered(request, standing, Step(held, "Add to the record", form, "Add", take, shown=shown))
