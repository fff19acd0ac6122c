"""One record of decision as its page and its paper show it, and the list of all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.forms import Form
from django.http import Http404
from django.urls import reverse

from contracts.access import Standing
from contracts.decision_moves import DecisionStatus
from contracts.models import (
    Agreement,
    DecisionMove,
    DecisionNotice,
    Discussion,
    OptionsAppraisal,
    RecordOfDecision,
    VariationMove,
)
from contracts.permissions import Permission
from cypmhs_portal.decisions.forms import DiscussionForm, LedToForm, TakenForm, WithdrawnForm
from cypmhs_portal.decisions.stepping import forms_with
from cypmhs_portal.decisions.words import STATUS_COLOURS, Part, heads_of, parts_after_consultation, parts_of, title_of
from cypmhs_portal.variations.sight import visible_variations


@dataclass(frozen=True, slots=True)
class LedTo:
    """Something that a decision led to, with its page where there is one."""

    text: str
    detail: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Everything that the page of a decision shows."""

    decision: RecordOfDecision
    title: str
    colour: str
    heads: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    last_parts: tuple[Part, ...]
    discussions: tuple[Discussion, ...]
    moves: tuple[DecisionMove, ...]
    led_to: tuple[LedTo, ...]
    led_to_at: tuple[datetime, ...]
    appraisals: tuple[OptionsAppraisal, ...]
    may_record: bool
    forms: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in the list."""

    decision: RecordOfDecision
    colour: str
    last_discussed: date | None
    next_discussed: date | None


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """The list of decisions, newest number first, and the appraisals."""

    rows: tuple[DecisionRow, ...]
    appraisals: tuple[OptionsAppraisal, ...]
    may_record: bool


def decisions_page(standing: Standing, on: date) -> DecisionsPage:
    """The decisions of the agreement as of `on`. Three queries."""
    decisions = standing.agreement.decisions.prefetch_related("discussions").order_by("-number")
    return DecisionsPage(
        rows=tuple(_row(decision, on) for decision in decisions),
        appraisals=tuple(standing.agreement.appraisals.select_related("leads_to").order_by("-made_on", "title")),
        may_record=standing.may(Permission.RECORD_DECISION),
    )


def decision_or_404(agreement: Agreement, key: int) -> RecordOfDecision:
    """The decision of the agreement with that key."""
    found = agreement.decisions.select_related("agreement").filter(pk=key).first()
    if found is None:
        raise Http404("There is no such decision here.")
    return found


def decision_page(standing: Standing, decision: RecordOfDecision, sent: Form | None = None) -> DecisionPage:
    """The page of `decision` for this reader; `sent` is a form that came back with faults."""
    may_record = standing.may(Permission.RECORD_DECISION)
    links = tuple(decision.led_to.select_related("notice__kind").order_by("pk"))
    seen = tuple(link for link in links if link.notice.was_served or standing.may(Permission.SEE_REQUESTS))
    return DecisionPage(
        decision=decision,
        title=title_of(decision),
        colour=STATUS_COLOURS[DecisionStatus(decision.status)],
        heads=heads_of(decision),
        parts=parts_of(decision),
        last_parts=parts_after_consultation(decision),
        discussions=tuple(decision.discussions.order_by("held_on", "pk")),
        moves=tuple(decision.moves.order_by("-pk")),
        led_to=(*_notices(standing, seen), *_variations(standing, decision)),
        led_to_at=(*(link.at for link in seen), *_moved_at(standing, decision)),
        appraisals=tuple(decision.appraisals.order_by("pk")),
        may_record=may_record,
        forms=_forms(decision, links, sent) if may_record else {},
    )


def as_recorded(page: DecisionPage) -> datetime:
    """The moment of the newest thing that the page tells: its paper is the same file until something is added."""
    moments = [*(move.at for move in page.moves), *page.led_to_at]
    return max(moments, default=datetime.combine(page.decision.agreement.starts_on, time(), UTC))


def _row(decision: RecordOfDecision, on: date) -> DecisionRow:
    days = sorted(one.held_on for one in decision.discussions.all())
    return DecisionRow(
        decision=decision,
        colour=STATUS_COLOURS[DecisionStatus(decision.status)],
        last_discussed=max((day for day in days if day <= on), default=None),
        next_discussed=min((day for day in days if day > on), default=None),
    )


def _forms(decision: RecordOfDecision, links: Iterable[DecisionNotice], sent: Form | None) -> dict[str, Any]:
    is_proposed = decision.status == DecisionStatus.PROPOSED
    is_taken = decision.status == DecisionStatus.TAKEN
    led_to = LedToForm(agreement=decision.agreement, besides=[one.notice_id for one in links]) if is_taken else None
    return forms_with(
        sent,
        taken=TakenForm() if is_proposed else None,
        withdrawn=WithdrawnForm() if is_proposed else None,
        discussion=DiscussionForm(),
        led_to=led_to if led_to and led_to.has_choices else None,
    )


def _notices(standing: Standing, links: Iterable[DecisionNotice]) -> Iterable[LedTo]:
    for link in links:
        yield LedTo(str(link.notice), link.notice.get_stage_display(), _url("notice_detail", standing, link.notice_id))


def _variations(standing: Standing, decision: RecordOfDecision) -> Iterable[LedTo]:
    """The variations that carry the decision out; a draft is its own side's alone."""
    for variation in visible_variations(standing).filter(decision=decision).order_by("pk"):
        yield LedTo(str(variation), variation.get_state_display(), _url("variation_detail", standing, variation.number))


def _moved_at(standing: Standing, decision: RecordOfDecision) -> Iterable[datetime]:
    """When the variations that carry it out moved."""
    seen = visible_variations(standing).filter(decision=decision)
    return VariationMove.objects.filter(variation__in=seen.values("pk")).order_by("pk").values_list("at", flat=True)


def _url(name: str, standing: Standing, key: int) -> str:
    return reverse(name, args=[standing.agreement.reference, key])
