"""Agreed actions: the list, one of them, a new one, and what became of each."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.agreed_actions import drop_action, keep_action, open_again, record_done
from contracts.audit import Actor
from contracts.models import AgreedAction
from contracts.permissions import Permission
from contracts.views.form_steps import READ_OR_SEND, came_of, step_taken
from cypmhs_portal.decisions.action_forms import ActionForm, DoneForm, DroppedForm, OpenAgainForm
from cypmhs_portal.decisions.action_page import action_or_404, action_page, actions_page


@requires(Permission.SEE_DECISIONS)
@require_safe
def actions(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every action, the overdue ones first."""
    page = actions_page(standing, clock.today())
    return render(request, "decisions/actions.html", {"page": page, "today": clock.today()})


@requires(Permission.SEE_DECISIONS)
@require_safe
def action_detail(request: HttpRequest, standing: Standing, action: int) -> HttpResponse:
    """One action and what became of it."""
    return _shown(request, standing, action_or_404(standing.agreement, action))


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def action_new(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Write down an action that was agreed."""
    form, by = ActionForm(request.POST or None, agreement=standing.agreement), Actor.person(standing.user)
    if came_of(form, lambda: keep_action(standing.agreement, form.agreed, by=by, at=clock.now())):
        messages.success(request, "The action is written down.")
        return redirect("actions", standing.agreement.reference)
    return render(request, "decisions/action_form.html", {"form": form})


@requires(Permission.SAY_ACTION_DONE)
@require_http_methods(READ_OR_SEND)
def action_done(request: HttpRequest, standing: Standing, action: int) -> HttpResponse:
    """Record that the action is done."""
    return _step(request, standing, action, DoneForm(request.POST), record_done, "The action is recorded as done.")


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def action_drop(request: HttpRequest, standing: Standing, action: int) -> HttpResponse:
    """Drop the action."""
    return _step(request, standing, action, DroppedForm(request.POST), drop_action, "The action is dropped.")


@requires(Permission.KEEP_ACTIONS)
@require_http_methods(READ_OR_SEND)
def action_open_again(request: HttpRequest, standing: Standing, action: int) -> HttpResponse:
    """Open the action again."""
    return _step(request, standing, action, OpenAgainForm(request.POST), open_again, "The action is open again.")


def _step(
    request: HttpRequest, standing: Standing, key: int, form: Form, act: Callable[..., object], said: str
) -> HttpResponse:
    action, at = action_or_404(standing.agreement, key), clock.now()

    def take(by: Actor) -> str:
        act(action, **form.cleaned_data, by=by, at=at)
        return said

    def again(sent: Form) -> HttpResponse:
        return _shown(request, standing, action_or_404(standing.agreement, key), sent)

    back = reverse("action", args=[standing.agreement.reference, key])
    return step_taken(request, standing, form, take, back=back, again=again)


def _shown(request: HttpRequest, standing: Standing, action: AgreedAction, sent: Form | None = None) -> HttpResponse:
    context = {"page": action_page(standing, action, clock.today(), sent), "failed_form": sent}
    return render(request, "decisions/action.html", context)
