"""The pages of suggested levers, and of asking for a notice with its evidence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from contracts import clock
from contracts.access import Standing, requires
from contracts.actions.refusals import Refused
from contracts.permissions import Permission
from cypmhs_portal.levers.ask_form import AskForm
from cypmhs_portal.levers.asking import FIGURES_CHANGED, Preview, ask_as_seen, offered_to, preview_of
from cypmhs_portal.levers.suggested_page import suggested_page
from performance.quoting import CannotQuote

CHANGE, ASK = "change", "ask"


@requires(Permission.SEE_REQUESTS)
@require_safe
def notices_suggested(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Which contract levers the terms of the agreement suggest now, and on what evidence."""
    return render(request, "portal/notices_suggested.html", {"page": suggested_page(standing, clock.now())})


@requires(Permission.ASK_FOR_NOTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def notice_ask(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Fill in what is asked for; look at it as it will be quoted; ask."""
    offered = offered_to(standing.agreement, request.GET, clock.today())
    step = request.POST.get("step", "")
    if request.method != "POST":
        return _form(request, AskForm(offered=offered))
    form = AskForm(request.POST, offered=offered)
    if step == CHANGE or not form.is_valid():
        return _form(request, form)
    try:
        preview = preview_of(form, standing.agreement, clock.now())
        return _asked(request, standing, preview) if step == ASK else _preview(request, preview)
    except (CannotQuote, Refused) as refused:
        form.add_error(None, str(refused))
        return _form(request, form)


def _asked(request: HttpRequest, standing: Standing, preview: Preview) -> HttpResponse:
    notice = ask_as_seen(preview, standing, clock.now())
    if notice is None:
        return _preview(request, preview, changed=FIGURES_CHANGED)
    return redirect("notice_detail", standing.agreement.reference, notice.pk)


def _form(request: HttpRequest, form: AskForm) -> HttpResponse:
    return render(request, "portal/notice_ask.html", {"form": form})


def _preview(request: HttpRequest, preview: Preview, *, changed: str = "") -> HttpResponse:
    return render(request, "portal/notice_preview.html", {"preview": preview, "changed": changed})
