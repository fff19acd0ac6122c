"""The list of variations, and the page of one."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.variation_words import mark_of_draft
from contracts.models import Variation
from contracts.permissions import Permission
from cypmhs_portal.variations.detail import variation_for, variation_page
from cypmhs_portal.variations.forms import DeclineForm, ProposalForm, SignatureForm, WithdrawalForm
from cypmhs_portal.variations.listing import variations_page


@requires(Permission.SEE_VARIATIONS)
@require_safe
def variations(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Every variation that the reader may see."""
    return render(request, "portal/variations.html", {"page": variations_page(standing, clock.today())})


@requires(Permission.SEE_VARIATIONS)
@require_safe
def variation_detail(request: HttpRequest, standing: Standing, variation: int) -> HttpResponse:
    """One variation in full."""
    return shown(request, standing, variation_or_404(standing, variation))


def variation_or_404(standing: Standing, number: int) -> Variation:
    """The variation of the agreement with that number, where the reader sees it."""
    try:
        return variation_for(standing, number)
    except Variation.DoesNotExist:
        raise Http404("There is no such variation here.") from None


def shown(request: HttpRequest, standing: Standing, variation: Variation, sent: Form | None = None) -> HttpResponse:
    """The variation's page; `sent` is a form that came back with faults."""
    forms = {"proposal": ProposalForm, "signature": SignatureForm, "decline": DeclineForm, "withdrawal": WithdrawalForm}
    context = {
        "page": variation_page(variation, standing, clock.today(), clock.now()),
        "forms": {name: sent if isinstance(sent, kind) else kind(auto_id=f"{name}_%s") for name, kind in forms.items()},
        "failed_form": sent,
        "seen": mark_of_draft(variation),
    }
    return render(request, "portal/variation.html", context)
