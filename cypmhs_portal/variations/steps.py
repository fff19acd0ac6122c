"""The steps that people take with a variation. Each leads back to its page."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.variation_drafts import copy_variation
from contracts.actions.variations import decline_variation, propose_variation, sign_variation, withdraw_variation
from contracts.audit import Actor
from contracts.formatting import day
from contracts.models import Variation
from contracts.permissions import Permission
from contracts.variations.moves import VariationState
from contracts.views.form_steps import READ_OR_SEND, came_of, step_taken
from cypmhs_portal.variations.drafting import to_page
from cypmhs_portal.variations.forms import DeclineForm, ProposalForm, SignatureForm, WithdrawalForm
from cypmhs_portal.variations.views import shown, variation_or_404

S = VariationState


@requires(Permission.PROPOSE_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_propose(request: HttpRequest, standing: Standing, variation: int) -> HttpResponse:
    """Put a draft before the other parties."""
    held = variation_or_404(standing, variation)

    form = ProposalForm(request.POST, auto_id="proposal_%s")

    def take(by: Actor) -> str:
        propose_variation(held, by=by, at=clock.now(), seen=form.cleaned_data["seen"])
        return f"{held.short_number} is proposed, and you signed it."

    return _step(request, standing, held, form, take)


@requires(Permission.SIGN_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_sign(request: HttpRequest, standing: Standing, variation: int) -> HttpResponse:
    """Sign for the reader's organisation."""
    held = variation_or_404(standing, variation)

    def take(by: Actor) -> str:
        return _said_of_signature(sign_variation(held, by=by, at=clock.now()))

    return _step(request, standing, held, SignatureForm(request.POST, auto_id="signature_%s"), take)


@requires(Permission.SIGN_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_decline(request: HttpRequest, standing: Standing, variation: int) -> HttpResponse:
    """Refuse to sign."""
    held = variation_or_404(standing, variation)
    form = DeclineForm(request.POST, auto_id="decline_%s")

    def take(by: Actor) -> str:
        decline_variation(held, reason=form.cleaned_data["reason"], by=by, at=clock.now())
        return f"{held.short_number} is declined."

    return _step(request, standing, held, form, take)


@requires(Permission.PROPOSE_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_withdraw(request: HttpRequest, standing: Standing, variation: int) -> HttpResponse:
    """Take back what one's own side drafted or proposed."""
    held = variation_or_404(standing, variation)
    form = WithdrawalForm(request.POST, auto_id="withdrawal_%s")

    def take(by: Actor) -> str:
        withdraw_variation(held, reason=form.cleaned_data["reason"], by=by, at=clock.now())
        return f"{held.short_number} is withdrawn."

    return _step(request, standing, held, form, take)


@requires(Permission.PROPOSE_VARIATION)
@require_http_methods(READ_OR_SEND)
def variation_copy(request: HttpRequest, standing: Standing, variation: int) -> HttpResponse:
    """Begin a draft that says the same."""
    held = variation_or_404(standing, variation)

    if request.method != "POST":
        return to_page(held)
    form, by = Form(request.POST), Actor.person(standing.user)
    draft = came_of(form, lambda: copy_variation(held, by=by, at=clock.now()))
    if draft is None:
        return shown(request, standing, variation_or_404(standing, variation), form)
    said = f"{draft.short_number} is a draft that says what {held.short_number} says. Change it, then propose it."
    messages.success(request, said)
    return to_page(draft)


def _step(
    request: HttpRequest, standing: Standing, variation: Variation, form: Form, take: Callable[[Actor], str]
) -> HttpResponse:
    def again(sent: Form) -> HttpResponse:
        return shown(request, standing, variation_or_404(standing, variation.number), sent)

    return step_taken(request, standing, form, take, back=to_page(variation).url, again=again)


def _said_of_signature(variation: Variation) -> str:
    if variation.state == S.AGREED:
        return f"Every party has signed {variation.short_number}. Its terms hold from {day(variation.in_force_from)}."
    return f"You signed {variation.short_number}. It waits for the others."
