"""Serving, declining and taking back what was asked for, and moving what was served."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.holding import stands
from contracts.actions.notice_moving import move_notice
from contracts.actions.notices import decline_notice, serve_notice, take_back_notice
from contracts.audit import Actor
from contracts.forms.notice_steps import DeclineForm, MoveForm, ServiceForm, TakeBackForm
from contracts.levers.consequences import consequences_of
from contracts.levers.evidence_source import quoted_again
from contracts.levers.ladder import ENDS, NoticeStage, next_moves
from contracts.levers.who_may import first_stages
from contracts.models import Notice
from contracts.notice_pages.held import notice_in_full
from contracts.notice_pages.next_steps import may_take_back, moves_on_page, named_steps, step_words
from contracts.notice_pages.parties import parties_of
from contracts.notice_pages.starts import what_starts
from contracts.permissions import Permission
from contracts.views.taking import READ_OR_SEND, Step, answered, sent

S = NoticeStage


@requires(Permission.ISSUE_NOTICE)
@require_http_methods(READ_OR_SEND)
def notice_serve(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """Serve what somebody else asked for: it gets its number, and its first clock starts."""
    held = notice_in_full(standing, notice)
    form = sent(request, ServiceForm, stages=first_stages(held), names=named_steps(held))

    def take(by: Actor) -> str:
        at = clock.now()
        said = {"served_on": form.cleaned_data["on"], "to": form.first_stage, "evidence": quoted_again(held, at)}
        served = serve_notice(held, by=by, at=at, **said)
        return f"{served} is served."

    def starts() -> tuple[str, ...]:
        return what_starts(held, form.first_stage, form.cleaned_data["on"]) if form.first_stage else ()

    why_not = why_not_asked(held, "served") or _why_not_theirs(held, standing)
    step = Step(held, "Serve the notice", form, "Serve the notice", take, why_not, starts=starts)
    return answered(request, standing, step)


@requires(Permission.ISSUE_NOTICE)
@require_http_methods(READ_OR_SEND)
def notice_decline(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """Decline to serve what was asked for."""
    held = notice_in_full(standing, notice)
    form = sent(request, DeclineForm)

    def take(by: Actor) -> str:
        decline_notice(held, reason=form.cleaned_data["reason"], by=by, at=clock.now())
        return f"{held} is declined. {held.asked_by_name} can read why."

    step = Step(held, "Decline to serve it", form, "Decline", take, why_not_asked(held, "declined"), is_warning=True)
    return answered(request, standing, step)


@requires(Permission.ASK_FOR_NOTICE)
@require_http_methods(READ_OR_SEND)
def notice_take_back(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """Take back what one asked for, or a colleague did."""
    held = notice_in_full(standing, notice)

    def take(by: Actor) -> str:
        take_back_notice(held, by=by, at=clock.now())
        return f"The request for {held} is taken back."

    lead = ("It ends here, and nobody is told but those who could see it. You can ask for another.",)
    why_not = why_not_asked(held, "taken back") or _why_not_their_request(held, standing)
    form = sent(request, TakeBackForm)
    step = Step(held, "Take the request back", form, "Take it back", take, why_not, lead, is_warning=True)
    return answered(request, standing, step)


@requires(Permission.ISSUE_NOTICE)
@require_http_methods(READ_OR_SEND)
def notice_move(request: HttpRequest, standing: Standing, notice: int, stage: str) -> HttpResponse:
    """Record a step of a notice that was served: first what it starts is shown, then it is confirmed."""
    held, to = notice_in_full(standing, notice), stage_or_404(stage)
    form = sent(request, MoveForm, needs_reason=_needs_reason(held, to))

    def take(by: Actor) -> str:
        said = form.cleaned_data
        moved = move_notice(held, to=to, on=said["on"], reason=said["reason"], by=by, at=clock.now())
        return f"It is recorded: {moved} {stands(moved)} now."

    def starts() -> tuple[str, ...]:
        on = form.cleaned_data["on"]
        follows = consequences_of(held, standing, on) if to == S.WITHHOLDING else ()
        return (*what_starts(held, to, on), *(one.sentence for one in follows))

    heading = step_words(held, to, named_steps(held))
    why_not = "" if to in moves_on_page(held) else f"{held} {stands(held)}, so this step does not come next."
    is_warning = to in ENDS or to == S.WITHHOLDING
    step = Step(held, heading, form, "Record it", take, why_not, starts=starts, is_warning=is_warning)
    return answered(request, standing, step)


def stage_or_404(stage: str) -> NoticeStage:
    """The stage of that name."""
    if stage not in NoticeStage.values:
        raise Http404("There is no such step.")
    return NoticeStage(stage)


def why_not_asked(notice: Notice, done: str) -> str:
    """Why a notice is not served, declined or taken back: it is no request any more."""
    return "" if notice.stage == S.ASKED else f"{notice} {stands(notice)}, so it cannot be {done}."


def _why_not_theirs(notice: Notice, standing: Standing) -> str:
    is_own = notice.asked_by_id == standing.user.pk
    return "You asked for this notice, so somebody else serves it." if is_own else ""


def _why_not_their_request(notice: Notice, standing: Standing) -> str:
    parties = parties_of(notice.agreement, [notice.asked_by_id])
    is_theirs = may_take_back(notice, standing, parties)
    return "" if is_theirs else f"{notice.asked_by_name} asked for it: they or a colleague take it back."


def _needs_reason(notice: Notice, to: NoticeStage) -> bool:
    move = next_moves(S(notice.stage), named_steps(notice)).get(to)
    return bool(move and move.needs_reason)
