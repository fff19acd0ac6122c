"""What the pages about two caseloads share: which month and moment, the page with its forms, leading back to it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from contracts import clock
from contracts.access import Standing
from contracts.agreement_months import months_of
from contracts.looking import AS_AT, Looking, looking_back
from contracts.models import Agreement
from performance.explanation_answer_form import ExplanationAnswerForm, answer_form_of
from performance.explanation_form import form_of
from performance.reconciliation_pages.asked import asked_for
from performance.reconciliation_pages.month import MonthPage, month_page
from performance.reconciliation_pages.rows import was_ever_known
from performance.reconciliation_pages.said import Said


def looking_at(request: HttpRequest) -> Looking:
    """The moment that the address looks back to."""
    return looking_back(request.GET.get(AS_AT, ""), clock.now())


def month_or_404(standing: Standing, month: date) -> None:
    """Refuse a month that has not ended or of which no return is required, unless something is known of it."""
    months = months_of(standing.agreement)
    is_required = months.requires(month) and month < months.ended(clock.today())
    if not is_required and not was_ever_known(standing.agreement, month):
        raise Http404("There are no caseloads of that month.")


def page_of(request: HttpRequest, standing: Standing, month: date, looking: Looking) -> MonthPage:
    """The month's page with the cases that the address asks for; 404 where the agreement has no such month."""
    month_or_404(standing, month)
    values = request.GET.dict()
    return month_page(standing, month, asked_for(values), values.get("page", ""), looking.moment)


def shown(request: HttpRequest, standing: Standing, page: MonthPage, looking: Looking, **sent: Any) -> HttpResponse:
    """The month's page; `form` or `answer_form` stands, as it was sent, in place of an empty one."""
    agreement = standing.agreement
    context = {
        "page": page,
        "agreement": agreement,
        "looking": looking,
        "form": sent.get("form") or (form_of(page, agreement) if page.may_explain else None),
        "failed_form": next(iter(sent.values()), None),
        "conversation": [(one, _answer_form(one, agreement, sent.get("answer_form"))) for one in page.said],
    }
    return render(request, "performance/reconciliation_month.html", context)


def _answer_form(said: Said, agreement: Agreement, sent: ExplanationAnswerForm | None) -> ExplanationAnswerForm | None:
    """The form of an explanation that the reader may answer, as it was sent where it is the one."""
    own = answer_form_of(said, agreement) if said.may_answer else None
    return sent if own and sent and sent.prefix == own.prefix else own


def to_month(standing: Standing, month: date, part: str = "") -> HttpResponse:
    """Lead to the month's page."""
    answer = redirect("reconciliation_month", standing.agreement.reference, month)
    if part:
        answer["Location"] += f"#{part}"
    return answer
