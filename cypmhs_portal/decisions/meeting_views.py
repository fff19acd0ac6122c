"""Meetings: the list, one of them, calling one, and its files."""

from datetime import datetime, time

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.meetings import call_meeting
from contracts.audit import Actor
from contracts.models import Meeting
from contracts.papers.answer import paper_file
from contracts.permissions import Permission
from contracts.views.form_steps import READ_OR_SEND, came_of
from cypmhs_portal.decisions.files import kind_or_404, plain_name
from cypmhs_portal.decisions.meeting_forms import MeetingForm
from cypmhs_portal.decisions.meeting_page import meeting_or_404, meeting_page, meetings_page
from cypmhs_portal.decisions.meeting_paper import paper_of


@requires(Permission.SEE_DECISIONS)
@require_safe
def meetings(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every meeting, those to come first."""
    return render(request, "decisions/meetings.html", {"page": meetings_page(standing)})


@requires(Permission.SEE_DECISIONS)
@require_safe
def meeting_detail(request: HttpRequest, standing: Standing, meeting: int) -> HttpResponse:
    """One meeting with its agenda."""
    return shown(request, standing, meeting_or_404(standing.agreement, meeting))


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def meeting_new(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Call a meeting."""
    form, by = MeetingForm(request.POST or None), Actor.person(standing.user)

    def call() -> Meeting:
        return call_meeting(
            standing.agreement, title=form.cleaned_data["title"], meets=form.meets, by=by, at=clock.now()
        )

    made = came_of(form, call)
    if made:
        messages.success(request, "The meeting is called. Its agenda is made from what is open.")
        return redirect("meeting", standing.agreement.reference, made.pk)
    return render(request, "decisions/meeting_form.html", {"form": form})


@requires(Permission.SEE_DECISIONS)
@require_safe
def meeting_file(request: HttpRequest, standing: Standing, meeting: int, kind: str) -> HttpResponse:
    """The agenda, with the notes and actions of a meeting that was held, as a file."""
    page = meeting_page(standing, meeting_or_404(standing.agreement, meeting), clock.today())
    # A meeting to come is told as of the day; the same day gives the same file.
    told = max([move.at for move in page.moves] + [note.at for note in page.notes] + [a.kept_at for a in page.actions])
    as_at = timezone.localtime(told) if page.is_held else timezone.make_aware(datetime.combine(page.on, time()))
    name = plain_name(f"{page.meeting.title.lower()}-{page.meeting.meets_on}")
    return paper_file(request, paper_of(page, as_at), name=name, kind=kind_or_404(kind))


def shown(request: HttpRequest, standing: Standing, meeting: Meeting, sent: Form | None = None) -> HttpResponse:
    """The page of a meeting; `sent` is a form that came back with faults."""
    context = {"page": meeting_page(standing, meeting, clock.today(), sent), "failed_form": sent}
    return render(request, "decisions/meeting.html", context)
