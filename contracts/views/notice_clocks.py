"""Extensions and pauses of a notice's clock: one side proposes, the other agrees or refuses."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.clock_changes import (
    ProposedChange,
    agree_clock_change,
    propose_clock_change,
    refuse_clock_change,
    take_back_clock_change,
)
from contracts.audit import Actor
from contracts.formatting import day
from contracts.forms.clock_changes import ClockAnswerForm, ExtensionForm, PauseForm
from contracts.models import ClockChange, ClockChangeKind, ClockUnit, Notice, NoticeClock
from contracts.notice_pages.held import notice_in_full
from contracts.permissions import Permission
from contracts.term_words import NOUNS
from contracts.views.taking import READ_OR_SEND, Step, answered, sent, shown_notice

SAID = {
    ClockAnswerForm.AGREE: "It is agreed. The clock has its new day.",
    ClockAnswerForm.REFUSE: "It is refused. The clock runs on as before.",
    ClockAnswerForm.TAKE_BACK: "It is taken back. The clock runs on as before.",
}


@requires(Permission.PROPOSE_CLOCK_CHANGE)
@require_http_methods(READ_OR_SEND)
def clock_extend(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """Propose to the other side that a step may take longer."""
    held = notice_in_full(standing, notice)
    row = open_row(held)
    unit = f"{NOUNS[ClockUnit(row.unit)]}s" if row else ""
    form = sent(request, ExtensionForm, unit=unit)

    def proposed() -> ProposedChange:
        said = form.cleaned_data
        return ProposedChange(ClockChangeKind.EXTENSION, said["reason"], extra=said["extra"])

    return _proposal(request, standing, held, "Propose an extension", form, proposed)


@requires(Permission.PROPOSE_CLOCK_CHANGE)
@require_http_methods(READ_OR_SEND)
def clock_pause(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """Propose to the other side that some days do not count."""
    held = notice_in_full(standing, notice)
    form = sent(request, PauseForm)

    def proposed() -> ProposedChange:
        said = form.cleaned_data
        days = {"paused_from": said["first"], "paused_until": said["until"]}
        return ProposedChange(ClockChangeKind.PAUSE, said["reason"], **days)

    return _proposal(request, standing, held, "Propose a pause", form, proposed)


@requires(Permission.PROPOSE_CLOCK_CHANGE)
@require_http_methods(READ_OR_SEND)
def clock_answer(request: HttpRequest, standing: Standing, notice: int, change: int) -> HttpResponse:
    """Agree or refuse what the other side proposed, or take back what one's own side did."""
    held = notice_in_full(standing, notice)
    proposed = change_or_404(held, change)
    form = ClockAnswerForm(request.POST)

    def take(by: Actor) -> str:
        answer = form.cleaned_data["answer"]
        how: dict[str, Callable[..., Any]] = {
            ClockAnswerForm.AGREE: agree_clock_change,
            ClockAnswerForm.REFUSE: partial(refuse_clock_change, reason=form.cleaned_data["reason"]),
            ClockAnswerForm.TAKE_BACK: take_back_clock_change,
        }
        how[answer](proposed, by=by, at=clock.now())
        return SAID[answer]

    shown = partial(shown_notice, request, standing, held)
    return answered(request, standing, Step(held, "Answer the proposal", form, "Answer", take, shown=shown))


def open_row(notice: Notice) -> NoticeClock | None:
    """The clock that runs on the notice."""
    return next((row for row in notice.clocks.all() if row.ended_on is None), None)


def change_or_404(notice: Notice, key: int) -> ClockChange:
    """The change of one of the notice's clocks with that key."""
    for row in notice.clocks.all():
        for change in row.changes.all():
            if change.pk == key:
                row.notice, change.clock = notice, row
                return change
    raise Http404("There is no such proposal here.")


def _proposal(
    request: HttpRequest,
    standing: Standing,
    notice: Notice,
    heading: str,
    form: Form,
    proposed: Callable[[], ProposedChange],
) -> HttpResponse:
    row = open_row(notice)

    def take(by: Actor) -> str:
        assert row is not None  # without a clock the step cannot be taken
        propose_clock_change(row, proposed=proposed(), by=by, at=clock.now())
        return "It is proposed. The other side agrees it or refuses it."

    why_not = "" if row else f"No clock runs on {notice}."
    said = f"The clock is due on {day(row.due_on)} as things stand. The other side agrees or refuses." if row else ""
    return answered(request, standing, Step(notice, heading, form, "Propose it", take, why_not, (said,)))
