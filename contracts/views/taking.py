"""How every step with a notice is taken: the form's page, what it starts, the step itself, and back to the notice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from contracts import clock
from contracts.access import Standing
from contracts.actions.holding import stands
from contracts.audit import Actor
from contracts.formatting import weekday
from contracts.models import Notice
from contracts.notice_pages.detail import notice_page
from contracts.notice_pages.evidence import Quotes
from contracts.views.form_steps import READ_OR_SEND, came_of, could_be_taken
from contracts.views.not_now import not_now

__all__ = ["READ_OR_SEND", "Step", "answered", "sent", "shown_notice"]

F = TypeVar("F", bound=Form)
OWN_FIELDS = {"csrfmiddlewaretoken", "stage", "step", "seen"}
CONFIRM, CHANGE = "confirm", "change"
FIGURES_CHANGED = (
    "The figures changed after you looked at them. Nothing was recorded: look at them as they are now, and confirm it "
    "if they still hold."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step as a page asks for it. `take` does it and answers with what to say; `starts` is confirmed first.

    `why_not` says why it cannot be taken as things stand; empty where it can. `shown` answers with the page that the
    form stands on, where that is not a page of its own. `quotes` are the figures that it quotes: they are shown
    before it is confirmed, and it is taken only while they are still those that were shown.
    """

    notice: Notice
    heading: str
    form: Form
    button: str
    take: Callable[[Actor], str]
    why_not: str = ""
    lead: tuple[str, ...] = ()
    starts: Callable[[], tuple[str, ...]] | None = None
    is_warning: bool = False
    shown: Callable[[Form], HttpResponse] | None = None
    quotes: Quotes | None = None
    template: str = "contracts/notice_step.html"

    @property
    def is_confirmed(self) -> bool:
        """Whether a second page says what it starts before it is taken."""
        return self.starts is not None

    @property
    def said(self) -> list[tuple[str, str]]:
        """What was filled in, each under its label, as the page to confirm shows it."""
        found = ((field.label, self.form.cleaned_data.get(field.name)) for field in self.form)
        return [(str(label), _written(value)) for label, value in found if value]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was sent, as the page to confirm sends it on."""
        return [(name, str(value)) for name, value in self.form.data.items() if name not in OWN_FIELDS]


def _written(value: object) -> str:
    return weekday(value) if isinstance(value, date) else str(value)


def answered(request: HttpRequest, standing: Standing, step: Step) -> HttpResponse:
    """Take the step and say so, or say what is wrong; for a look at the address, the page with its form."""
    faulty = why_not_now(request, step)
    if faulty:
        back = reverse("notice_detail", args=[standing.agreement.reference, step.notice.pk])
        return not_now(request, f"{step.notice}: {step.heading}", faulty, back)
    page = step.shown or partial(form_page, request, standing, step)
    if request.method != "POST":
        return to_notice(step.notice) if step.shown else page(step.form)
    said = request.POST.get("step", "")
    if not step.form.is_valid() or (said == CHANGE and step.starts):
        return page(step.form)
    if step.starts and said != CONFIRM:
        is_possible = could_be_taken(step.form, lambda: step.take(Actor.person(standing.user)))
        return confirm_page(request, standing, step) if is_possible else page(step.form)
    if step.quotes and request.POST.get("seen", "") != step.quotes.seen:
        return confirm_page(request, standing, step, changed=FIGURES_CHANGED)
    return _taken(request, standing, step, page)


def sent(request: HttpRequest, kind: type[F], **more: Any) -> F:
    """A form as it was sent, or empty with today as its day."""
    if request.method == "POST":
        return kind(request.POST, **more)
    return kind(initial={"on": clock.today()}, **more)


def why_not_now(request: HttpRequest, step: Step) -> str:
    """Why the step cannot be taken: the notice moved on since the form was made, or it stands elsewhere anyway."""
    sent_for = request.POST.get("stage")
    if sent_for is not None and sent_for != step.notice.stage:
        return f"{step.notice} {stands(step.notice)} since you opened the page. Nothing was changed."
    return step.why_not


def form_page(request: HttpRequest, standing: Standing, step: Step, form: Form) -> HttpResponse:
    """The step's own page."""
    return render(request, step.template, {"step": step, "agreement": standing.agreement, "form": form})


def confirm_page(request: HttpRequest, standing: Standing, step: Step, *, changed: str = "") -> HttpResponse:
    """What was filled in, what it quotes and what it starts, to be confirmed; `changed` is what changed meanwhile."""
    starts = step.starts() if step.starts else ()
    context = {"step": step, "agreement": standing.agreement, "starts": starts, "changed": changed}
    return render(request, "contracts/notice_confirm.html", context)


def to_notice(notice: Notice) -> HttpResponse:
    """Back to the notice."""
    return redirect("notice_detail", notice.agreement.reference, notice.pk)


def shown_notice(request: HttpRequest, standing: Standing, notice: Notice, sent: Form | None = None) -> HttpResponse:
    """The notice's page; `sent` is a form that came back with faults."""
    context = {
        "page": notice_page(notice, standing, clock.today(), sent, asks=request.GET.get("ask", "")),
        "agreement": standing.agreement,
        "failed_form": sent,
    }
    return render(request, "contracts/notice_detail.html", context)


def _taken(request: HttpRequest, standing: Standing, step: Step, page: Callable[[Form], HttpResponse]) -> HttpResponse:
    said = came_of(step.form, lambda: step.take(Actor.person(standing.user)))
    if said is None:
        return page(step.form)
    messages.success(request, said)
    return to_notice(step.notice)
