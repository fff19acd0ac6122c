"""Plans that put right what a notice is about, and what became of their milestones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.agreeing_plans import PLANNED_IN, agree_plan
from contracts.actions.holding import stands
from contracts.actions.milestones import record_milestone, why_it_does_not_follow
from contracts.actions.notice_plans import PlannedMilestone, propose_plan
from contracts.audit import Actor
from contracts.forms.plans import MilestoneDoneForm, MilestoneOutcomeForm, PlanAgreementForm, PlanForm
from contracts.levers.ladder import NoticeStage, next_moves
from contracts.levers.who_may import steps_of
from contracts.models import Milestone, MilestoneOutcome, Notice, NoticePlan, Organisation, PartyRole
from contracts.notice_pages.held import notice_in_full
from contracts.notice_pages.starts import what_starts
from contracts.permissions import Permission
from contracts.queries.plans_in_force import newest_record
from contracts.views.taking import READ_OR_SEND, Step, answered, sent

S = NoticeStage
ANOTHER = "another"
SIDES = (PartyRole.PROVIDER, PartyRole.COORDINATING_COMMISSIONER)


@requires(Permission.ANSWER_NOTICE)
@require_http_methods(READ_OR_SEND)
def plan_propose(request: HttpRequest, standing: Standing, notice: int) -> HttpResponse:
    """Propose a plan with its milestones for the provider."""
    held = notice_in_full(standing, notice)
    owners = Organisation.objects.filter(parties__agreement=held.agreement, parties__role__in=SIDES).distinct()
    is_sent = request.method == "POST" and request.POST.get("step") != ANOTHER
    form = PlanForm(request.POST if is_sent else None, owners=owners, typed=None if is_sent else request.POST)

    def take(by: Actor) -> str:
        milestones = [PlannedMilestone(**one) for one in form.planned]
        plan = propose_plan(held, text=form.cleaned_data["text"], milestones=milestones, by=by, at=clock.now())
        return f"Plan {plan.number} is proposed."

    why_not = "" if held.stage in PLANNED_IN else f"{held} {stands(held)}, and no plan is proposed there."
    step = Step(held, "Propose a plan", form, "Propose the plan", take, why_not, template="contracts/notice_plan.html")
    if request.POST.get("step") == ANOTHER and not why_not:
        return render(request, step.template, {"step": step, "agreement": standing.agreement, "form": form})
    return answered(request, standing, step)


@requires(Permission.ISSUE_NOTICE)
@require_http_methods(READ_OR_SEND)
def plan_agree(request: HttpRequest, standing: Standing, notice: int, plan: int) -> HttpResponse:
    """Agree the plan that the provider proposed: it is under way from then on."""
    held = notice_in_full(standing, notice)
    proposed = plan_or_404(held, plan)
    form = sent(request, PlanAgreementForm)

    def take(by: Actor) -> str:
        agree_plan(proposed, on=form.cleaned_data["on"], by=by, at=clock.now())
        return f"Plan {proposed.number} is agreed."

    def starts() -> tuple[str, ...]:
        leads_on = S.MONITORED in next_moves(S(held.stage), steps_of(held))
        return what_starts(held, S.MONITORED, form.cleaned_data["on"]) if leads_on else ()

    why_not = f"Plan {proposed.number} was agreed already." if proposed.agreed_at else ""
    lead = (proposed.text, *(str(one) for one in proposed.milestones.all()))
    heading = f"Agree plan {proposed.number}"
    return answered(request, standing, Step(held, heading, form, "Agree the plan", take, why_not, lead, starts))


@requires(Permission.ANSWER_NOTICE)
@require_http_methods(READ_OR_SEND)
def milestone_done(request: HttpRequest, standing: Standing, notice: int, milestone: int) -> HttpResponse:
    """Say for the provider that a milestone is done."""
    held = notice_in_full(standing, notice)
    planned = milestone_or_404(held, milestone)
    form = sent(request, MilestoneDoneForm)

    def take(by: Actor) -> str:
        said, outcome = form.cleaned_data, MilestoneOutcome.SAID_DONE
        record_milestone(planned, outcome=outcome, on=said["on"], evidence=said["evidence"], by=by, at=clock.now())
        return "It is recorded that the milestone is said to be done."

    why_not = why_it_does_not_follow(newest_record(planned), MilestoneOutcome.SAID_DONE)
    lead = (str(planned),)
    return answered(request, standing, Step(held, "Say that it is done", form, "Record it", take, why_not, lead))


@requires(Permission.ISSUE_NOTICE)
@require_http_methods(READ_OR_SEND)
def milestone_outcome(request: HttpRequest, standing: Standing, notice: int, milestone: int) -> HttpResponse:
    """Record for the commissioner whether a milestone was met."""
    held = notice_in_full(standing, notice)
    planned = milestone_or_404(held, milestone)
    form = sent(request, MilestoneOutcomeForm)

    def take(by: Actor) -> str:
        said = form.cleaned_data
        outcome = MilestoneOutcome(said["outcome"])
        record_milestone(planned, outcome=outcome, on=said["on"], evidence=said["evidence"], by=by, at=clock.now())
        return f"The milestone is recorded as {outcome.label.lower()}."

    heading = "Record whether it was met"
    return answered(request, standing, Step(held, heading, form, "Record it", take, lead=(str(planned),)))


def plan_or_404(notice: Notice, key: int) -> NoticePlan:
    """The plan of the notice with that key."""
    plan = next((one for one in notice.plans.all() if one.pk == key), None)
    if plan is None:
        raise Http404("There is no such plan here.")
    plan.notice = notice
    return plan


def milestone_or_404(notice: Notice, key: int) -> Milestone:
    """The milestone of one of the notice's plans with that key."""
    for plan in notice.plans.all():
        for milestone in plan.milestones.all():
            if milestone.pk == key:
                plan.notice, milestone.plan = notice, plan
                return milestone
    raise Http404("There is no such milestone here.")
