"""What the steps on the page of a version share: finding it, showing it, and leading back to it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contracts import clock
from contracts.access import Standing
from contracts.audit import Actor
from performance.actions.deciding import CannotMove
from performance.conditions import is_first_sign_off_late
from performance.conversation_forms import AnswerForm, FollowUpForm, WarningReasonsForm
from performance.forms import DecisionForm, SignOffForm, WithdrawalForm
from performance.models import Version
from performance.return_pages.facts import sheet_called
from performance.return_pages.threads import Thread
from performance.return_pages.version import VersionPage, version_for, version_page

READ_OR_SEND = ["GET", "HEAD", "POST"]


def version_or_404(standing: Standing, month: date, number: int) -> Version:
    """The version, if the reader may see it."""
    try:
        return version_for(standing, month, number)
    except Version.DoesNotExist:
        raise Http404("There is no such version of a return here.") from None


def page_of(request: HttpRequest, standing: Standing, version: Version) -> VersionPage:
    """The version's page with the sheet that the address names."""
    return version_page(version, standing, sheet=sheet_called(request.GET.get("sheet", "")))


def shown(request: HttpRequest, standing: Standing, version: Version, **filled_in: Any) -> HttpResponse:
    """The version's page, with a form as it was sent in place of an empty one."""
    page = page_of(request, standing, version)
    context = {
        "page": page,
        "agreement": standing.agreement,
        "sign_form": SignOffForm(is_late=is_first_sign_off_late(version, clock.today())),
        "decision_form": DecisionForm(),
        "withdrawal_form": WithdrawalForm(),
        "reasons_form": WarningReasonsForm(cards=page.warnings.cards),
        "failed_form": next(iter(filled_in.values()), None),
        **filled_in,
    }
    context["conversation"] = [_with_forms(thread, filled_in.get("thread_form")) for thread in page.threads]
    return render(request, "performance/version_detail.html", context)


def again(request: HttpRequest, standing: Standing, version: Version, **filled_in: Any) -> HttpResponse:
    """The page with the form as it was sent and what is wrong with it; for a look at the address, the page."""
    if request.method != "POST":
        return to_page(standing, version)
    return shown(request, standing, version, **filled_in)


def taken(
    request: HttpRequest,
    standing: Standing,
    version: Version,
    step: Callable[[Actor], object],
    said: str,
    part: str = "",
) -> HttpResponse:
    """Take the step and say so, or say who was there first; lead to `part` of the page."""
    try:
        step(Actor.person(standing.user))
    except CannotMove as stale:
        messages.error(request, str(stale))
    else:
        messages.success(request, said)
    return to_page(standing, version, part)


def to_page(standing: Standing, version: Version, part: str = "") -> HttpResponse:
    """Lead to the version's page."""
    answer = redirect("version_detail", standing.agreement.reference, version.of_return.month, version.number)
    if part:
        answer["Location"] += f"#{part}"
    return answer


def _with_forms(thread: Thread, sent: AnswerForm | FollowUpForm | None) -> dict[str, Any]:
    """A thread with the forms that the reader may fill in; `sent` stands in for the one it came from."""
    prefix = str(thread.query.pk)
    answer = AnswerForm(prefix=prefix) if thread.may_answer else None
    follow_up = FollowUpForm(prefix=prefix) if thread.may_ask else None
    if sent is not None and sent.prefix == prefix:
        answer = sent if isinstance(sent, AnswerForm) else answer
        follow_up = sent if isinstance(sent, FollowUpForm) else follow_up
    return {"thread": thread, "answer_form": answer, "follow_up_form": follow_up}
