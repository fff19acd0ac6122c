"""The steps that people take with a meeting. Each leads back to its page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.agreed_actions import keep_action
from contracts.actions.meetings import cancel_meeting, hold_meeting, move_meeting, note_on_meeting
from contracts.audit import Actor
from contracts.meeting_moves import MeetingState
from contracts.models import Meeting
from contracts.permissions import Permission
from contracts.views.form_steps import READ_OR_SEND, came_of, step_taken
from contracts.views.not_now import not_now
from cypmhs_portal.decisions.action_forms import ActionForm
from cypmhs_portal.decisions.agenda_sources import agenda_of
from cypmhs_portal.decisions.meeting_forms import CancelledForm, HeldForm, MovedForm, NoteForm
from cypmhs_portal.decisions.meeting_page import meeting_or_404
from cypmhs_portal.decisions.meeting_views import shown


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def meeting_move(request: HttpRequest, standing: Standing, meeting: int) -> HttpResponse:
    """Move the meeting."""
    held, form = meeting_or_404(standing.agreement, meeting), MovedForm(request.POST)

    def take(by: Actor) -> str:
        move_meeting(held, meets=form.meets, reason=form.cleaned_data["reason"], by=by, at=clock.now())
        return "The meeting is moved."

    return _step(request, standing, held, form, take)


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def meeting_cancel(request: HttpRequest, standing: Standing, meeting: int) -> HttpResponse:
    """Cancel the meeting."""
    held, form = meeting_or_404(standing.agreement, meeting), CancelledForm(request.POST)

    def take(by: Actor) -> str:
        cancel_meeting(held, reason=form.cleaned_data["reason"], by=by, at=clock.now())
        return "The meeting is cancelled."

    return _step(request, standing, held, form, take)


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def meeting_hold(request: HttpRequest, standing: Standing, meeting: int) -> HttpResponse:
    """Record that the meeting was held, and keep its agenda."""
    held = meeting_or_404(standing.agreement, meeting)

    def take(by: Actor) -> str:
        hold_meeting(held, agenda=agenda_of(standing.agreement, clock.today()), by=by, at=clock.now())
        return "The meeting is recorded as held. Its agenda stays as it is."

    return _step(request, standing, held, HeldForm(request.POST), take)


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def meeting_note(request: HttpRequest, standing: Standing, meeting: int) -> HttpResponse:
    """Note what was said."""
    held, form = meeting_or_404(standing.agreement, meeting), NoteForm(request.POST)

    def take(by: Actor) -> str:
        note_on_meeting(held, text=form.cleaned_data["text"], by=by, at=clock.now())
        return "The note is kept."

    return _step(request, standing, held, form, take)


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def meeting_action(request: HttpRequest, standing: Standing, meeting: int) -> HttpResponse:
    """Write down an action that was agreed at the meeting."""
    held = meeting_or_404(standing.agreement, meeting)
    to_page = redirect("meeting", standing.agreement.reference, held.pk)
    if held.state != MeetingState.HELD:
        why = f"The meeting is {held.state}. Actions are written down of a meeting that was held."
        return not_now(request, "Write down an action", why, to_page.url)
    form = ActionForm(request.POST or None, agreement=standing.agreement, meeting=held)
    by = Actor.person(standing.user)
    if came_of(form, lambda: keep_action(standing.agreement, form.agreed, by=by, at=clock.now())):
        messages.success(request, "The action is written down.")
        return to_page
    return render(request, "decisions/action_form.html", {"form": form, "meeting": held})


def _step(
    request: HttpRequest, standing: Standing, meeting: Meeting, form: Form, take: Callable[[Actor], str]
) -> HttpResponse:
    def again(sent: Form) -> HttpResponse:
        return shown(request, standing, meeting_or_404(standing.agreement, meeting.pk), sent)

    back = reverse("meeting", args=[standing.agreement.reference, meeting.pk])
    return step_taken(request, standing, form, take, back=back, again=again)
