"""The page on which a notice is asked for: what it offers, what a suggestion fills in, and how it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict

from contracts.access import Standing
from contracts.actions.notices import ask_for_notice
from contracts.agreement_months import months_of
from contracts.audit import Actor
from contracts.formatting import month_name
from contracts.levers.quoted import QuotedFigure, fingerprint_of
from contracts.models import Agreement, Notice
from contracts.periods import is_in_force, parse_month
from cypmhs_portal.levers.ask_form import AskForm, Offered
from cypmhs_portal.levers.choices import code_of, offered_figures
from cypmhs_portal.levers.quoted_rows import QuotedRow, quoted_rows
from cypmhs_portal.levers.suggested import Suggestion, suggestions_for
from performance.quoting import quote
from performance.returns_held import ReturnsHeld, returns_held

FIGURES_CHANGED = (
    "The figures changed after you looked at them. Nothing was asked for: look at them as they are now, and ask again "
    "if they still hold."
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A notice as it would be asked for now."""

    form: AskForm
    rows: tuple[QuotedRow, ...]
    quoted: tuple[QuotedFigure, ...]
    seen: str
    missing: str


def offered_to(agreement: Agreement, asked: QueryDict, on: date) -> Offered:
    """What may be asked for in `agreement`, filled in with the suggestion that `asked` names, where it is still one."""
    returns = returns_held(agreement)
    suggestion = _suggestion(agreement, asked, on, returns)
    months = _months(agreement, returns, on)
    also = suggestion.met.figures if suggestion else ()
    elements = agreement.elements.order_by("position", "pk")
    return Offered(
        agreement=agreement,
        kinds=list(agreement.notice_kinds.order_by("position", "pk")),
        elements=[one for one in elements if is_in_force(on, one.in_force_from, one.in_force_until)],
        months=months,
        figures=offered_figures(agreement, months[:12], also),
        initial=_initial(suggestion, asked, returns, months),
    )


def preview_of(form: AskForm, agreement: Agreement, at: datetime) -> Preview:
    """What a valid form would ask for now. Raises `CannotQuote`."""
    quoted = quote(agreement, form.keys, at=at)
    return Preview(form, quoted_rows(agreement, quoted), quoted, fingerprint_of(quoted), _missing(form, quoted))


def ask_as_seen(preview: Preview, standing: Standing, at: datetime) -> Notice | None:
    """Ask for what the person saw; None where its figures are others now. Raises `Refused`."""
    if preview.form.cleaned_data["seen"] != preview.seen:
        return None
    return ask_for_notice(
        standing.agreement,
        asked=preview.form.asked,
        evidence=preview.quoted,
        by=Actor.person(standing.user),
        at=at,
    )


def _suggestion(agreement: Agreement, asked: QueryDict, on: date, returns: ReturnsHeld) -> Suggestion | None:
    """The suggestion of the term and month in the address; None where there is none, or none any more."""
    term, month = asked.get("term", ""), asked.get("month", "")
    if not term:
        return None
    every = suggestions_for(agreement, on, returns).every
    return next((one for one in every if (str(one.met.term.pk), f"{one.met.month:%Y-%m}") == (term, month)), None)


def _months(agreement: Agreement, returns: ReturnsHeld, on: date) -> Sequence[date]:
    months = months_of(agreement)
    ended = months.ended(on)
    sent = {one.month for one in returns.returns if one.month < ended}
    return sorted({*months.required(ended), *sent}, reverse=True)


def _initial(
    suggestion: Suggestion | None, asked: QueryDict, returns: ReturnsHeld, months: Sequence[date]
) -> dict[str, object]:
    last = returns.last_accepted
    month = _asked_month(asked, months) or (last.month if last else None)
    filled: dict[str, object] = {"month": f"{month:%Y-%m}" if month else ""}
    if suggestion is None:
        return filled | {name: asked.get(name, "") for name in ("kind", "element", "subject") if name in asked}
    return filled | {
        "kind": suggestion.kind.code,
        "element": suggestion.element.code if suggestion.element else "",
        "subject": suggestion.met.subject,
        "reason": " ".join((suggestion.met.found, *suggestion.met.doubts)),
        "figures": [code_of(key) for key in suggestion.met.figures],
    }


def _asked_month(asked: QueryDict, months: Sequence[date]) -> date | None:
    try:
        month = parse_month(asked.get("month", ""))
    except ValueError:
        return None
    return month if month in months else None


def _missing(form: AskForm, quoted: Sequence[QuotedFigure]) -> str:
    """That some of the figures chosen are not there in that month; empty where all are."""
    left = len(form.keys) - len(quoted)
    if not left:
        return ""
    month = month_name(form.keys[0].month)
    one = "One of the figures you chose has" if left == 1 else f"{left} of the figures you chose have"
    return f"{one} not been worked out for {month}, so it is not quoted. Choose another month, or go on without."
