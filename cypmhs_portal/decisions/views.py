"""Decisions: the list, one of them, and writing a proposed one."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.decisions import edit_decision, mark_of_parts, parts_of, propose_decision
from contracts.audit import Actor
from contracts.models import RecordOfDecision
from contracts.permissions import Permission
from contracts.views.form_steps import READ_OR_SEND, came_of
from contracts.views.not_now import not_now
from cypmhs_portal.decisions.forms import DecisionForm
from cypmhs_portal.decisions.page import decision_or_404, decision_page, decisions_page


@requires(Permission.SEE_DECISIONS)
@require_safe
def decisions(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every decision about the agreement, and what was weighed for them."""
    return render(request, "decisions/decisions.html", {"page": decisions_page(standing, clock.today())})


@requires(Permission.SEE_DECISIONS)
@require_safe
def decision_detail(request: HttpRequest, standing: Standing, decision: int) -> HttpResponse:
    """One decision in the parts of the council's form."""
    return shown(request, standing, decision_or_404(standing.agreement, decision))


@requires(Permission.RECORD_DECISION)
@require_http_methods(READ_OR_SEND)
def decision_new(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Propose a decision."""
    form, by = DecisionForm(request.POST or None), Actor.person(standing.user)
    made = came_of(form, lambda: propose_decision(standing.agreement, parts=form.parts, by=by, at=clock.now()))
    if made:
        messages.success(request, f"Decision {made.number} is proposed.")
        return redirect("decision", standing.agreement.reference, made.pk)
    return render(request, "decisions/decision_form.html", {"form": form})


@requires(Permission.RECORD_DECISION)
@require_http_methods(READ_OR_SEND)
def decision_edit(request: HttpRequest, standing: Standing, decision: int) -> HttpResponse:
    """Write a proposed decision anew."""
    held = decision_or_404(standing.agreement, decision)
    to_page = redirect("decision", standing.agreement.reference, held.pk)
    if held.is_settled:
        why = f"Decision {held.number} is {held.status}, so what it says stays."
        return not_now(request, f"Edit decision {held.number}", why, to_page.url)
    form = DecisionForm(request.POST or None, initial=parts_of(held) | {"seen": mark_of_parts(held)})

    def save() -> RecordOfDecision:
        by, seen = Actor.person(standing.user), form.cleaned_data["seen"]
        return edit_decision(held, parts=form.parts, by=by, at=clock.now(), seen=seen)

    if came_of(form, save):
        messages.success(request, f"Decision {held.number} is saved.")
        return to_page
    return render(request, "decisions/decision_form.html", {"form": form, "decision": held})


def shown(
    request: HttpRequest, standing: Standing, decision: RecordOfDecision, sent: Form | None = None
) -> HttpResponse:
    """The page of a decision; `sent` is a form that came back with faults."""
    context = {"page": decision_page(standing, decision, sent), "failed_form": sent, "today": clock.today()}
    return render(request, "decisions/decision.html", context)
