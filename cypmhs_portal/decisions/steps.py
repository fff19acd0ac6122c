"""The steps that people take with a decision. Each leads back to its page."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.decisions import add_discussion, lead_to_notice, record_taken, withdraw_decision
from contracts.audit import Actor
from contracts.models import RecordOfDecision
from contracts.permissions import Permission
from contracts.views.form_steps import READ_OR_SEND, step_taken
from cypmhs_portal.decisions.forms import DiscussionForm, LedToForm, TakenForm, WithdrawnForm
from cypmhs_portal.decisions.page import decision_or_404
from cypmhs_portal.decisions.views import shown


@requires(Permission.RECORD_DECISION)
@require_http_methods(READ_OR_SEND)
def decision_take(request: HttpRequest, standing: Standing, decision: int) -> HttpResponse:
    """Record that the decision was taken."""
    held, form = decision_or_404(standing.agreement, decision), TakenForm(request.POST)

    def take(by: Actor) -> str:
        record_taken(held, on=form.cleaned_data["on"], by=by, at=clock.now())
        return f"Decision {held.number} is recorded as taken."

    return _step(request, standing, held, form, take)


@requires(Permission.RECORD_DECISION)
@require_http_methods(READ_OR_SEND)
def decision_withdraw(request: HttpRequest, standing: Standing, decision: int) -> HttpResponse:
    """Withdraw the decision."""
    held, form = decision_or_404(standing.agreement, decision), WithdrawnForm(request.POST)

    def take(by: Actor) -> str:
        withdraw_decision(held, reason=form.cleaned_data["reason"], by=by, at=clock.now())
        return f"Decision {held.number} is withdrawn."

    return _step(request, standing, held, form, take)


@requires(Permission.RECORD_DECISION)
@require_http_methods(READ_OR_SEND)
def decision_discuss(request: HttpRequest, standing: Standing, decision: int) -> HttpResponse:
    """Add a meeting that discussed the decision."""
    held, form = decision_or_404(standing.agreement, decision), DiscussionForm(request.POST)

    def take(by: Actor) -> str:
        add_discussion(held, **form.cleaned_data, by=by, at=clock.now())
        return "The meeting is added."

    return _step(request, standing, held, form, take)


@requires(Permission.RECORD_DECISION)
@require_http_methods(READ_OR_SEND)
def decision_lead(request: HttpRequest, standing: Standing, decision: int) -> HttpResponse:
    """Record a notice that the decision led to."""
    held = decision_or_404(standing.agreement, decision)
    form = LedToForm(request.POST, agreement=standing.agreement)

    def take(by: Actor) -> str:
        lead_to_notice(held, form.cleaned_data["notice"], by=by, at=clock.now())
        return "The notice is added."

    return _step(request, standing, held, form, take)


def _step(
    request: HttpRequest, standing: Standing, decision: RecordOfDecision, form: Form, take: Callable[[Actor], str]
) -> HttpResponse:
    def again(sent: Form) -> HttpResponse:
        return shown(request, standing, decision_or_404(standing.agreement, decision.pk), sent)

    back = reverse("decision", args=[standing.agreement.reference, decision.pk])
    return step_taken(request, standing, form, take, back=back, again=again)
