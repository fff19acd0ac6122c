"""The parts that pages are made of. A tag chooses words and classes; templates/components holds the HTML.

Text given to a tag is escaped; nothing here marks a caller's text as safe.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contracts.formatting import percent
from cypmhs_portal import drawings
from performance.verdict_words import verdict_in_words
from performance.verdicts import Polarity, Verdict

register = template.Library()

TAG_COLOURS = ("grey", "red", "green", "yellow", "orange", "blue")
BAR_COLOURS = {"blue": "#12436d", "teal": "#28a197", "orange": "#c7511a"}
STEP_STATES = ("plain", "done", "now", "todo", "over")


def _one_of(value: str, allowed: Iterable[str], what: str) -> str:
    if value not in allowed:
        raise TemplateSyntaxError(f"Found the {what} {value!r}. Expected one of {', '.join(allowed)}.")
    return value


# ---- tags, signs and small drawings


@register.simple_tag
def tag(text: str, colour: str = "grey") -> SafeString:
    """A GOV.UK-like tag: `{% tag "Accepted" "green" %}`."""
    _one_of(colour, TAG_COLOURS, "colour")
    return format_html('<strong class="tag tag--{}">{}</strong>', colour, text)


VERDICT_COLOURS = {
    Verdict.GREEN: "green",
    Verdict.AMBER: "yellow",
    Verdict.RED: "red",
    Verdict.NOT_AVAILABLE: "grey",
}


@register.simple_tag
def verdict_tag(
    verdict: str,
    target: Decimal | None = None,
    floor: Decimal | None = None,
    unit: str = "",
    polarity: str = "higher",
) -> str:
    """A verdict as colour and meaning: `{% verdict_tag row.verdict row.target row.floor "children" %}`.

    Verdict "none" (nothing was agreed to measure against) has no tag.
    """
    _one_of(str(verdict), list(Verdict), "verdict")
    words = verdict_in_words(Verdict(verdict), target, floor, unit, Polarity(polarity))
    return tag(words, VERDICT_COLOURS[Verdict(verdict)]) if words else ""


@register.inclusion_tag("components/trend_sign.html")
def trend_sign(icon: str | None, polarity: str = "higher", too_few: bool = False) -> dict[str, Any]:
    """A variation or assurance sign with its words: `{% trend_sign chart.variation_icon %}`.

    Without an icon, or when `too_few` points make the limits provisional: no sign, "Too few months to tell".
    """
    sign = None if too_few else drawings.trend_sign(icon, lower_is_better=str(polarity) == "lower")
    return {"sign": sign, "words": sign.words if sign else drawings.TOO_FEW_MONTHS}


@register.inclusion_tag("components/sparkline.html")
def sparkline(
    values: Sequence[Decimal | None], target: Decimal | None = None, unit: str = "", name: str = ""
) -> dict[str, Any]:
    """A line of monthly values, gaps where None: `{% sparkline row.values row.target "children" %}`."""
    line = drawings.sparkline(values, target, unit)
    return {"line": line, "name": name, "width": drawings.TRACE_WIDTH + 65, "height": drawings.HEIGHT}


@register.inclusion_tag("components/share_bar.html")
def share_bar(share: Decimal | None, colour: str, label: str, detail: str = "", href: str = "") -> dict[str, Any]:
    """A percentage with its bar: `{% share_bar share "blue" "of KCC money" "£1,200,000 of £2,657,000" %}`.

    Without a share there is no bar and no nought: "label: not available" and the detail as its reason.
    """
    _one_of(colour, BAR_COLOURS, "colour")
    return {
        "share": share,
        "text": percent(share),
        "width": _bar_width(share, Decimal(100)),
        "fill": BAR_COLOURS[colour],
        "label": label,
        "detail": detail,
        "href": href,
    }


@register.inclusion_tag("components/share_row.html")
def share_row(
    share: Decimal | None, colour: str, label: str, scale: Decimal, reason: str = "", href: str = ""
) -> dict[str, Any]:
    """One long bar of a comparison; `scale` is the share that fills the width, the same for all rows.

    `{% share_row row.share "teal" "of caseload" largest "not reported" %}` inside `<div class="share-pair">`.
    """
    _one_of(colour, BAR_COLOURS, "colour")
    pixels = 0 if share is None else max(2, round(_bar_width(share, scale) * Decimal("2.8")))
    return {
        "share": share,
        "text": percent(share),
        "pixels": pixels,
        "fill": BAR_COLOURS[colour],
        "label": label,
        "reason": reason,
        "href": href,
    }


def _bar_width(share: Decimal | None, whole: Decimal) -> Decimal:
    """Per cent of the bar's length; a share above nought is always seen, one above the whole fills it."""
    if not share or whole <= 0:
        return Decimal(0)
    return min(Decimal(100), max(Decimal("0.8"), round(100 * share / whole, 1)))


# ---- charts


@register.simple_block_tag
def chart(
    content: SafeString,
    chart_id: str,
    figure: Mapping[str, Any],
    title: str,
    summary: str = "",
    notes: str = "",
) -> str:
    """A chart with its reading, legend and notes; the block is its table.

    `{% chart "caseload" figure "Caseload (children)" reading notes %}<table>…</table>{% endchart %}`, where
    `figure` comes from a charts module: data, layout, narrow, legend.
    """
    drawn = {name: figure[name] for name in ("data", "layout", "narrow") if name in figure}
    return render_to_string(
        "components/chart.html",
        {
            "chart_id": chart_id,
            "figure_id": f"{chart_id}-figure",
            "figure": drawn,
            "legend": figure.get("legend", ()),
            "title": title,
            "summary": summary,
            "notes": notes,
            "table": content,
        },
    )


# ---- page parts


@register.simple_tag
def quiet_link(text: str, href: str = "") -> str:
    """A figure that leads to its provenance: `{% quiet_link text href %}`; plain text without an address."""
    return format_html('<a class="quiet-link" href="{}">{}</a>', href, text) if href else text


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """Pairs of text and address, this page last without one: `{% breadcrumbs "Returns" url "August" %}`."""
    pairs = [parts[i : i + 2] for i in range(0, len(parts), 2)]
    return {"items": [{"text": pair[0], "url": pair[1] if len(pair) > 1 else ""} for pair in pairs]}


@register.inclusion_tag("components/error_summary.html")
def error_summary(problems: Any, title: str = "There is a problem") -> dict[str, Any]:
    """What went wrong, each line leading to its field: `{% error_summary form %}`.

    Takes a form, or findings (with sheet, cell, found), or dicts of text and href. Nothing is shown for none.
    """
    errors = _form_errors(problems) if isinstance(problems, BaseForm) else _list(problems)
    return {"title": title, "errors": errors}


def _form_errors(form: BaseForm) -> list[dict[str, str]]:
    errors = [{"text": str(text), "href": ""} for text in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or f"{field.auto_id}_0"
        errors += [{"text": str(text), "href": f"#{target}"} for text in field.errors]
    return errors


def _list(problems: Iterable[Any]) -> list[dict[str, str]]:
    return [
        {"text": problem["text"], "href": problem.get("href", "")}
        if isinstance(problem, Mapping)
        else {"text": _finding_text(problem), "href": f"#finding-{number}"}
        for number, problem in enumerate(problems, start=1)
    ]


def _finding_text(finding: Any) -> str:
    where = " ".join(part for part in (finding.sheet, finding.cell) if part)
    return f"{where}: {finding.found}" if where else str(finding.found)


@register.simple_block_tag
def finding(content: SafeString, finding: Any, number: int, title: str = "", href: str = "") -> str:
    """One finding as a card; the block, often empty, is what can be done about it here.

    `{% finding item forloop.counter %}{{ form.reason.as_field_group }}{% endfinding %}`; `href` is where the cell
    can be seen.
    """
    return render_to_string(
        "components/finding.html",
        {"finding": finding, "number": number, "title": title, "href": href, "content": content},
    )


@register.simple_block_tag
def summary_row(content: SafeString, key: str) -> str:
    """One row of `<dl class="govuk-summary-list">`: `{% summary_row "Formula" %}…{% endsummary_row %}`."""
    return render_to_string("components/summary_row.html", {"key": key, "content": content})


@register.simple_block_tag
def fact(content: SafeString, title: str, value: str, after: str = "", href: str = "") -> str:
    """One of `<dl class="facts">`: `{% fact "Staff in post" "9.4" "of 13.0 WTE" url %}72.3%{% endfact %}`."""
    return render_to_string(
        "components/fact.html",
        {"title": title, "value": value, "after": after, "href": href, "content": content},
    )


@register.simple_block_tag
def step(content: SafeString, title: str, state: str = "plain", note: str = "") -> str:
    """One of `<ol class="steps">`: `{% step "1. Cell" "done" "holds 191" %}F2 on Activity{% endstep %}`.

    States: plain, done, now, todo, over. The state is said, not only coloured.
    """
    _one_of(state, STEP_STATES, "state")
    said = {"done": "done", "now": "current step", "todo": "not yet", "over": "overdue"}.get(state, "")
    return render_to_string(
        "components/step.html",
        {"title": title, "state": state, "said": said, "note": note, "content": content},
    )


@register.inclusion_tag("components/not_reported.html")
def not_reported(who: str, reason: str) -> dict[str, Any]:
    """A provider's reason in place of a figure: `{% not_reported "NELFT" line.not_reported_because %}`."""
    return {"title": "Not reported", "who": who, "reason": reason}


@register.inclusion_tag("components/not_reported.html")
def not_available(reason: str, title: str = "Not available") -> dict[str, Any]:
    """The portal's reason in place of a figure: `{% not_available figure.reason %}`."""
    return {"title": title, "who": "", "reason": reason}
